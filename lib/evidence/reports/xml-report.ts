import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Unreadable } from "../unreadable.ts";

const DEPTH_AT_MOST = 100;

/**
 * An XML report as plain objects: attributes begin with `@`, and the elements named in `lists` are
 * always arrays. Documents with a DOCTYPE are refused: they can name entities that grow without end.
 */
export function readXml(text: string, what: string, lists: readonly string[]): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable(`Not ${what}: it declares a document type`);
  if (depthOf(text) > DEPTH_AT_MOST) throw new Unreadable(`Not ${what}: it is nested too deeply`);
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
