// What others wrote, read without a word of trust.

export type Members = Readonly<Record<string, unknown>>;

/** A field of what should be an object; undefined when it is none or has no such field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** A text field of what should be an object; undefined when there is none. */
export function textIn(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === "string" ? found : undefined;
}

/** The members of an object; null of anything else. */
export function members(value: unknown): Members | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value)) : null;
}
