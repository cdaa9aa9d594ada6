/** How deep a JSON text of a bundle or an event may nest. */
export const DEEPEST = 100;

/** Whether a JSON text nests deeper than that; told without parsing it. */
export function nestsTooDeep(text: string): boolean {
  let [depth, isInString] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}
