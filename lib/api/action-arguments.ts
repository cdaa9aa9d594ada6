/** How deep a value of ours nests at most, with room. */
const DEPTH_AT_MOST = 32;

// What React's own encoding writes for plain values: an escaped dollar, undefined, dates, numbers.
const PLAIN = /^\$(?:\$|undefined$|D|n-?\d|NaN$|-?Infinity$|-0$)/;

/**
 * Whether a body is a list of plain values as our screens send them to server actions. React's decoder
 * understands far more (references to functions, streams, other parts of a form), and answers what it
 * cannot decode with a fault: none of that reaches it.
 */
export function isActionArguments(body: string): boolean {
  let values: unknown;
  try {
    values = JSON.parse(body);
  } catch {
    return false;
  }
  return Array.isArray(values) && values.every((value) => isPlain(value, 0));
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !value.startsWith("$") || PLAIN.test(value);
  if (typeof value !== "object" || value === null) return true;
  return (
    depth < DEPTH_AT_MOST &&
    !Object.hasOwn(value, "__proto__") &&
    Object.values(value).every((part) => isPlain(part, depth + 1))
  );
}
