import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Unreadable } from "../unreadable.ts";

const DEPTH_AT_MOST = 100;

/**
 * An XML report as plain objects: attributes begin with `@`, and the elements named in `lists` are
 * always arrays. Documents with a DOCTYPE are refused: they can name entities that grow without end.
 */
export function readXml(text: string, what: string, lists: readonly string[]): unknown {
  const markup = withoutCharacterData(text);
  if (/<!(DOCTYPE|ENTITY)/i.test(markup)) throw new Unreadable(`Not ${what}: it declares a document type`);
  if (depthOf(markup) > DEPTH_AT_MOST) throw new Unreadable(`Not ${what}: it is nested too deeply`);
  try {
    if (XMLValidator.validate(text) !== true) throw new Unreadable(`Not ${what}: it is not well-formed XML`);
    return new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "@",
      parseTagValue: false,
      parseAttributeValue: false,
      processEntities: false,
      isArray: (name) => lists.includes(name),
    }).parse(text);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`Not ${what}: it is not well-formed XML`);
  }
}

const LITERAL = [
  ["<![CDATA[", "]]>"],
  ["<!--", "-->"],
] as const;

// What stands in CDATA or a comment is text, whatever it looks like. An open end is left to the validator.
function withoutCharacterData(text: string): string {
  const parts: string[] = [];
  const starts = LITERAL.map(([start]) => text.indexOf(start));
  for (let from = 0; ;) {
    LITERAL.forEach(([start], kind) => {
      const at = starts[kind] ?? -1;
      if (at !== -1 && at < from) starts[kind] = text.indexOf(start, from);
    });
    const start = Math.min(...starts.filter((at) => at !== -1));
    const closing = LITERAL[starts.indexOf(start)]?.[1];
    const end = closing === undefined ? -1 : text.indexOf(closing, start + 4);
    if (closing === undefined || end === -1) return [...parts, text.slice(from)].join("");
    parts.push(text.slice(from, start));
    from = end + closing.length;
  }
}

// A first look that allocates nothing: the parser itself goes one call deeper with each element.
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<\/?[^\s<>!?][^<>]*>/g)) {
    if (tag.startsWith("</")) depth -= 1;
    else if (!tag.endsWith("/>")) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
