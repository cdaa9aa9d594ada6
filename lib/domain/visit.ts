import { laterBy, MINUTE } from "./time.ts";
import type { Instant } from "./deployment.ts";

const VISIT_MINUTES = 30;

/** Whoever comes back to a record after this moment is still on the visit that ended at `now`. */
export function visitBegins(now: Instant): Instant {
  return laterBy(now, -VISIT_MINUTES * MINUTE);
}
