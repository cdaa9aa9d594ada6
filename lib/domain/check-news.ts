import type { UsedCheck } from "./check-uses.ts";
import type { CheckResult } from "./check-result.ts";
import type { Deployment, Instant } from "./deployment.ts";
import { HOUR, MINUTE, laterBy } from "./time.ts";
import { standingVerdicts } from "./verdicts.ts";

/** A pass that would end within this span is recorded anew. */
const RENEW_MINUTES = 3;
/** Of an item about which the system recorded more than this, good news is recorded once an hour. */
export const SEEN_OF_ITEM = 200;

/**
 * Whether what a live check saw is recorded: a verdict that stands needs no second event, but a new one,
 * a changed one and one about to end do. A check that changes its mind for days fills no record: its
 * verdict gets worse at once, and better, or anew, once an hour.
 */
export function isNews(
  deployment: Deployment,
  { item, use }: UsedCheck,
  { verdict }: CheckResult,
  now: Instant,
): boolean {
  const standing = standingVerdicts(deployment, item).find((known) => known.use.checker === use.checker);
  if (standing === undefined) return true;
  const { check, entry } = standing;
  const ends = check.validUntil !== null && check.validUntil <= laterBy(now, RENEW_MINUTES * MINUTE);
  if (check.verdict === verdict && !ends) return false;
  const worsens = check.verdict === "pass" && verdict !== "pass";
  return worsens || !hasMuch(deployment, item.key) || entry.recorded.at <= laterBy(now, -HOUR);
}

function hasMuch({ evidence }: Deployment, key: string): boolean {
  return (
    evidence.filter(({ itemKey, source }) => itemKey === key && source === "system").length > SEEN_OF_ITEM
  );
}
