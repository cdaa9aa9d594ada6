/** Characters of long texts that one document holds: setting them takes seconds in which nobody else is served. */
export const LONG_TEXTS = 150_000;
const LONG = 100;
const LONGEST = 100_000;

/** How texts of these lengths are cut, so that they fit together; short ones never, others only where they must. */
export function cutter(lengths: readonly number[]): (text: string) => string {
  const long = lengths.filter((length) => length > LONG);
  const fits = (limit: number) =>
    long.reduce((sum, length) => sum + Math.min(length, limit), 0) <= LONG_TEXTS;
  let limit = LONGEST;
  while (!fits(limit) && limit > LONG) limit = Math.max(LONG, Math.floor(limit / 2));
  return (text) => {
    if (text.length <= limit) return text;
    // No half of a character, nor of one that is named by its code point.
    const kept = text
      .slice(0, limit)
      .toWellFormed()
      .replace(/\uFFFD$|\{U\+?[0-9A-F]*$|\{$/u, "");
    return `${kept}… (${text.length - kept.length} more in the JSON Lines)`;
  };
}

/** Whether texts surely fit on a page together with what stands around them, so that no break is needed. */
export function fitOnPage(...texts: readonly (string | null)[]): boolean {
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0) <= 1_000;
}
