import type { RecordToExport } from "#lib/queries/export-record.ts";
import { cutter } from "./cut-texts.ts";

// What the document's font has; whatever else stands in a text is named by its code point.
const PRINTABLE =
  /[^\s\u0020-\u007E\u00A0-\u0113\u0116-\u012B\u012E-\u0137\u0139-\u013E\u0141-\u0148\u014A-\u014D\u0150-\u017E\u0218-\u021B\u0400-\u045F\u1EA0-\u1EF9\u2013\u2014\u2018-\u201A\u201C-\u201E\u2020-\u2022\u2026\u2030\u20AC\u2122\u2190-\u2193\u2212\u2260\u2264\u2265]/gu;

// What no page of the document shows, and is large: the events' own texts, the findings of checks.
const NOT_SHOWN: ReadonlySet<string> = new Set(["body", "findings"]);

/**
 * The same record with every text such that each character shows: a name in another script stays legible
 * as code points. Where its texts are more than a document holds, the long ones are cut, and say so.
 */
export function printable(record: RecordToExport): RecordToExport {
  const lengths: number[] = [];
  const text = JSON.stringify(record, (key, part: unknown) => {
    if (NOT_SHOWN.has(key)) return typeof part === "string" ? "" : [];
    if (typeof part !== "string") return part;
    const shown = part.toWellFormed().replace(PRINTABLE, codePoint);
    lengths.push(shown.length);
    return shown;
  });
  const cut = cutter(lengths);
  return recordFrom(text, cut);
}

// The JSON of a record, which is plain data, in which only characters were replaced and texts cut.
function recordFrom(text: string, cut: (text: string) => string): RecordToExport {
  return JSON.parse(text, (_key, part: unknown) =>
    typeof part === "string" ? cut(part) : part,
  ) as RecordToExport;
}

function codePoint(character: string): string {
  return UNSEEN.test(character) ? " " : `{U+${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
