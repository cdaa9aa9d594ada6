/** A row that no record has: only whoever takes its table's constraints away can write it. */
export class BrokenRow extends Error {}

/**
 * Whether columns that are set together are set. Throws where some are and some are not, or where one
 * of `beside`, which may be empty in a set group, is set alone: what a list reads must not be lost here.
 */
export function isSet<R, K extends keyof R & string>(
  row: R,
  group: readonly K[],
  beside: readonly (keyof R & string)[] = [],
): row is R & { readonly [P in K]: NonNullable<R[P]> } {
  const lacking = group.find((column) => row[column] === null);
  if (lacking === undefined) return true;
  const alone = [...group, ...beside].find((column) => row[column] !== null);
  if (alone !== undefined) throw new BrokenRow(`${alone} is set without ${lacking}`);
  return false;
}
