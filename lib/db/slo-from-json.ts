import { sloTargets } from "#lib/domain/inputs/deployments.ts";
import type { SloTargets } from "#lib/domain/slo.ts";

/** A service's targets as they stand in a JSON column. Rejects what never passed validation. */
export function sloFromJson(json: unknown): SloTargets {
  return sloTargets.parse(json);
}
