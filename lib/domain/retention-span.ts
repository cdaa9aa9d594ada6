import type { Instant } from "./deployment.ts";
import { DAY } from "./time.ts";

/** So long after they were told a shorter span and a lifted hold begin to count: time to look, and to hold. */
export const NOTICE = 7 * DAY;

/** Whether a span removes what another one keeps; null keeps everything. */
export function isShorter(days: number | null, than: number | null): boolean {
  return days !== null && (than === null || days < than);
}

/** A span in days, null for one that keeps everything, and since when it was set. */
export type SetSpan = { readonly days: number | null; readonly since: Instant };

/**
 * The retention span that counts at a moment: the longest that stood at any time in the week before it.
 * Takes all spans that were set, in order of time. Postgres computes the same in `retention_in_force`.
 */
export function spanInForce(spans: readonly SetSpan[], at: Instant): number | null {
  const from = Date.parse(at) - NOTICE;
  // What is no time is as good as the present.
  const isRecent = ({ since }: SetSpan) => !(Date.parse(since) <= from);
  const before = spans.findLast((span) => !isRecent(span));
  const stood = [before?.days ?? null, ...spans.filter(isRecent).map(({ days }) => days)];
  return stood.reduce((longest, days) =>
    longest === null || days === null ? null : Math.max(longest, days),
  );
}
