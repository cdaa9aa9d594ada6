import { parseAllDocuments, stringify } from "yaml";
import { Unreadable } from "../unreadable.ts";

const DOCUMENTS_AT_MOST = 2_000;
const DEPTH_AT_MOST = 60;

/** Every document of a YAML (or JSON) stream as plain values; empty documents are left out. */
export function readYaml(text: string, what: string): readonly unknown[] {
  if (text.trim() === "") throw new Unreadable(`Not ${what}: it is empty`);
  if (isNestedTooDeeply(text)) throw new Unreadable(`Not ${what}: it is nested too deeply`);
  const documents = parseDocuments(text, what);
  if (documents.length > DOCUMENTS_AT_MOST)
    throw new Unreadable(`Not ${what}: it has more than ${DOCUMENTS_AT_MOST} documents`);
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw new Unreadable(`Not ${what}: YAML error at line ${error.linePos?.[0].line ?? 1}`);
    const value: unknown = toValue(document, what);
    return value === null || value === undefined ? [] : [value];
  });
}

/** Plain values as a stream of YAML documents. */
export function writeYaml(values: readonly unknown[]): string {
  return values.map((value) => stringify(value)).join("---\n");
}

function parseDocuments(text: string, what: string) {
  try {
    const parsed = parseAllDocuments(text, { uniqueKeys: true, logLevel: "silent" });
    return "empty" in parsed ? [] : parsed;
  } catch {
    throw new Unreadable(`Not ${what}: it cannot be parsed`);
  }
}

// Aliases that repeat each other grow without end; a hundred of one node is plenty.
function toValue(document: { toJS: (options: { maxAliasCount: number }) => unknown }, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new Unreadable(`Not ${what}: its aliases grow without end`);
  }
}

// Brackets in a row, or indentation; the parser goes one call deeper with each level.
function isNestedTooDeeply(text: string): boolean {
  let brackets = 0;
  for (const character of text) {
    if (character === "[" || character === "{") brackets += 1;
    else if (character === "]" || character === "}") brackets = Math.max(0, brackets - 1);
    if (brackets > DEPTH_AT_MOST) return true;
  }
  return /^(?: {2,}|- |\? ){61}/m.test(text);
}
