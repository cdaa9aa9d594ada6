import type { RecordToExport } from "#lib/queries/export-record.ts";

// What the document's font has; whatever else stands in a text is named by its code point.
const PRINTABLE =
  /[^\s\u0020-\u007E\u00A0-\u0137\u0139-\u0148\u014A-\u017E\u0218-\u021B\u0400-\u045F\u1EA0-\u1EF9\u2013\u2014\u2018-\u201A\u201C-\u201E\u2020-\u2022\u2026\u2030\u20AC\u2122\u2190-\u2193\u2212\u2260\u2264\u2265]/gu;

/** The same record with every text such that each character shows: a name in another script stays legible as code points. */
export function printable(record: RecordToExport): RecordToExport {
  const text = JSON.stringify(record, (_key, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replace(PRINTABLE, codePoint) : part,
  );
  return recordFrom(text);
}

// The JSON of a record, which is plain data, in which only characters were replaced.
function recordFrom(text: string): RecordToExport {
  return JSON.parse(text) as RecordToExport;
}

function codePoint(character: string): string {
  return UNSEEN.test(character) ? " " : `{U+${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
