import { Composer, CST, Lexer, LineCounter, Parser, isScalar, stringify, visit, type Document } from "yaml";
import { Unreadable } from "../unreadable.ts";

const DOCUMENTS_AT_MOST = 20_000;
const CHARACTERS_AT_MOST = 5_000_000;
const DEPTH_AT_MOST = 60;
/** For each the library looks through the whole document. */
const ALIASES_AT_MOST = 500;

/** Every document of a YAML (or JSON) stream of at most 5 MB as plain values; empty documents are left out. */
export function readYaml(text: string, what: string): readonly unknown[] {
  if (text.trim() === "") throw new Unreadable(`Not ${what}: it is empty`);
  if (text.length > CHARACTERS_AT_MOST) throw new Unreadable(`Not ${what}: it is longer than 5 MB`);
  const lines = new LineCounter();
  const documents = parseDocuments(text, lines, what);
  if (documents.length > DOCUMENTS_AT_MOST)
    throw new Unreadable(`Not ${what}: it has more than ${DOCUMENTS_AT_MOST} documents`);
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw new Unreadable(`Not ${what}: YAML error at line ${lines.linePos(error.pos[0]).line}`);
    refuseRepeatedKeys(document, what);
    const value: unknown = toValue(document, what);
    return value === null || value === undefined ? [] : [value];
  });
}

/** Plain values as a stream of YAML documents. */
export function writeYaml(values: readonly unknown[]): string {
  return values.map((value) => stringify(value)).join("---\n");
}

// Lexer and parser keep stacks of their own; only what composes their tokens calls itself.
function parseDocuments(text: string, lines: LineCounter, what: string): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ uniqueKeys: false, logLevel: "silent" });
  const compose = (tokens: Iterable<CST.Token>) =>
    [...tokens].flatMap((token) => {
      if (depthOf(token) > DEPTH_AT_MOST) throw new Unreadable(`Not ${what}: it is nested too deeply`);
      return [...composer.next(token)];
    });
  try {
    lines.addNewLine(0);
    const documents: Document.Parsed[] = [];
    for (const lexeme of fewAliases(shallow(new Lexer().lex(text), what), what))
      documents.push(...compose(parser.next(lexeme)));
    documents.push(...compose(parser.end()), ...composer.end(true, text.length));
    return documents;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`Not ${what}: it cannot be parsed`);
  }
}

// Stops at the first bracket or list in a row that goes too deep, before anything is made of it.
function* shallow(lexemes: Iterable<string>, what: string): Generator<string> {
  let brackets = 0;
  let row = 0;
  for (const lexeme of lexemes) {
    const type = CST.tokenType(lexeme);
    if (type === "flow-seq-start" || type === "flow-map-start") brackets += 1;
    else if (type === "flow-seq-end" || type === "flow-map-end") brackets = Math.max(0, brackets - 1);
    else if (type === "newline") row = 0;
    else if (brackets === 0 && (type === "seq-item-ind" || type === "explicit-key-ind")) row += 1;
    if (Math.max(brackets, row) > DEPTH_AT_MOST) throw new Unreadable(`Not ${what}: it is nested too deeply`);
    yield lexeme;
  }
}

function* fewAliases(lexemes: Iterable<string>, what: string): Generator<string> {
  let aliases = 0;
  for (const lexeme of lexemes) {
    if (CST.tokenType(lexeme) === "alias") aliases += 1;
    if (aliases > ALIASES_AT_MOST)
      throw new Unreadable(`Not ${what}: it has more than ${ALIASES_AT_MOST} aliases`);
    yield lexeme;
  }
}

// Level by level, since what is too deep for us is too deep for a function that calls itself.
function depthOf(token: CST.Token): number {
  let level: readonly CST.Token[] = token.type === "document" ? present(token.value) : [];
  let depth = 0;
  for (; level.length > 0 && depth <= DEPTH_AT_MOST; depth += 1) {
    level = level.flatMap((entry) =>
      "items" in entry ? entry.items.flatMap(({ key, value }) => [...present(key), ...present(value)]) : [],
    );
  }
  return depth;
}

function present<T>(value: T | null | undefined): readonly T[] {
  return value === null || value === undefined ? [] : [value];
}

// The library's own test compares every key with every other.
function refuseRepeatedKeys(document: Document.Parsed, what: string): void {
  visit(document, {
    Map: (_key, { items }) => {
      const keys = items.map(({ key }) => (isScalar(key) ? key.value : key));
      if (new Set(keys).size < keys.length)
        throw new Unreadable(`Not ${what}: a key stands twice in one mapping`);
    },
  });
}

// Aliases that repeat each other grow without end; a hundred of one node is plenty.
function toValue(document: Document.Parsed, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new Unreadable(`Not ${what}: its aliases grow without end`);
  }
}
