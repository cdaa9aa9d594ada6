import { Unreadable } from "../../unreadable.ts";

/**
 * A value without the keys that hold nothing: to Kubernetes, `labels:` alone is the same as no labels.
 * What aliases share stays shared. Throws `Unreadable` when a value holds itself.
 */
export function withoutNulls(value: unknown, what: string): unknown {
  return cleaned(value, new Map(), what);
}

// The reader bounds how deep a document is, and with it how often this calls itself.
function cleaned(value: unknown, known: Map<object, unknown>, what: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (known.has(value)) {
    const before = known.get(value);
    if (before === undefined) throw new Unreadable(`Not ${what}: an alias stands inside its own value`);
    return before;
  }
  known.set(value, undefined);
  const result = Array.isArray(value)
    ? value.map((entry) => cleaned(entry, known, what))
    : Object.fromEntries(
        Object.entries(value).flatMap(([key, entry]) =>
          entry === null ? [] : [[key, cleaned(entry, known, what)]],
        ),
      );
  known.set(value, result);
  return result;
}
