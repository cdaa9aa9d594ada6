import { pendingBreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { identity } from "#lib/domain/overrides.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { contentDigest } from "./content-digest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

/** SHA-256, in hex, of what breaking the glass confirms: the content, the gate, what blocks it, who asks and why. */
export function breakGlassDigest(
  deployment: Deployment,
  phase: string,
  blockers: readonly Blocker[],
): string {
  return sha256(breakGlassText(deployment, phase, blockers));
}

/** The very text that this digest covers. */
export function breakGlassText(deployment: Deployment, phase: string, blockers: readonly Blocker[]): string {
  const asked = pendingBreakGlass(deployment.breakGlass);
  const request =
    asked === undefined ? null : { seq: asked.request, by: asked.requested.by.id, reason: asked.reason };
  return canonicalText({ ...gateText(deployment, phase, blockers), request });
}

/** The same, as it was before who asks and why was part of it. */
export function earlyBreakGlassText(
  deployment: Deployment,
  phase: string,
  blockers: readonly Blocker[],
): string {
  return canonicalText(gateText(deployment, phase, blockers));
}

function gateText(deployment: Deployment, phase: string, blockers: readonly Blocker[]) {
  return {
    format: "countersign/break-glass/1",
    content: contentDigest(deployment),
    phase,
    blockers: blockers.map(identity),
  };
}
