/**
 * Within how many milliseconds a page reads the record anew after it was told of a change, so that
 * those who look on do not all read in one instant. The box itself shows at once.
 */
export function crowdPause(others: number): number {
  if (others < 20) return 0;
  return others < 40 ? 500 : 4_000;
}
