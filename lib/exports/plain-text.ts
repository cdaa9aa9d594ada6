// Control characters, and those that turn the direction of what stands around them.
const UNSEEN = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]+/g;

/** Foreign text on one line, so that it cannot break out of its place in a document. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
}
