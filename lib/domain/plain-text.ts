// What takes no ink, and what turns the direction of what stands around it.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Foreign text on one line, so that it cannot break out of its place in a document. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
}

/** Somebody else's words between marks that they cannot hold themselves. */
export function inMarks(text: string): string {
  return `“${text.replace(/[“”]/g, '"')}”`;
}

/** The same of one line: what somebody typed reads like nothing of a document's own. */
export function quoted(text: string): string {
  return inMarks(oneLine(text));
}
