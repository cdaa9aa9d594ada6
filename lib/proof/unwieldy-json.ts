/** How deep a JSON text of a bundle or an event may nest. */
const DEEPEST = 100;
/** More than any whole manifest has, whose shortest values are hashes; fewer than fill the memory when parsed. */
const MOST_COMMAS = 1_200_000;

/** Whether a JSON text nests deeper, or has more commas outside of strings, than any that is read; told without parsing it. */
export function isUnwieldy(text: string): boolean {
  let [depth, commas, isInString] = [0, 0, false];
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
    else if (character === ",") {
      commas += 1;
      if (commas > MOST_COMMAS) return true;
    }
  }
  return false;
}
