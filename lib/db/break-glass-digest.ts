import type { Deployment } from "#lib/domain/deployment.ts";
import { identity } from "#lib/domain/overrides.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { contentDigest } from "./content-digest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

/** SHA-256, in hex, of what breaking the glass confirms: the content, the gate and what blocks it. */
export function breakGlassDigest(
  deployment: Deployment,
  phase: string,
  blockers: readonly Blocker[],
): string {
  return sha256(breakGlassText(deployment, phase, blockers));
}

/** The very text that this digest covers. */
export function breakGlassText(deployment: Deployment, phase: string, blockers: readonly Blocker[]): string {
  return canonicalText({
    format: "countersign/break-glass/1",
    content: contentDigest(deployment),
    phase,
    blockers: blockers.map(identity),
  });
}
