/** SQL that gives a time as the ISO 8601 text that `Date` writes, in UTC to the millisecond. */
export function isoText(column: string): string {
  return `to_char((${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
