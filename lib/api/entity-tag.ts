/** Begins with the record's revision; what goes stale by the clock does so within the minute. */
export function entityTag(revision: number): string {
  return `W/"${revision}-${Math.floor(Date.now() / 60_000)}"`;
}
