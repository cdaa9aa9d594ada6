import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { findItem } from "#lib/domain/checklist.ts";
import { signOffGatePassed } from "#lib/domain/gates.ts";
import { hasStandingApprovals, standingApprovals } from "#lib/domain/sign-off.ts";
import { earlySignedContent, signedContent } from "#lib/domain/signed-content.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

export type ReplayedStep = {
  readonly event: DeploymentEvent;
  readonly before: Deployment;
  readonly after: Deployment;
  readonly isLast: boolean;
};

/**
 * Rule 4, asked of one event after the other: the event that left approvals standing over content that
 * they did not sign. Before the gate a change voids them within itself, so what it leaves is judged when
 * it is over; past the gate, nothing that they signed changes any more.
 */
export function unvoidedChanges(): (step: ReplayedStep) => DeploymentEvent | null {
  let changed: DeploymentEvent | null = null;
  return ({ event, before, after, isLast }) => {
    const isPassed = signOffGatePassed(after);
    if (changed !== null && (isPassed || !isOneChange(changed, event))) return changed;
    if (isPassed) return hasStandingApprovals(after) && changesSigned(before, event) ? event : null;
    changed = isUnsigned(after) ? (changed ?? event) : null;
    return isLast ? changed : null;
  };
}

function isOneChange(first: DeploymentEvent, next: DeploymentEvent): boolean {
  return first.at === next.at && first.actor.id === next.actor.id;
}

/** Whether an approval stands that signed something else than the record holds. */
function isUnsigned(deployment: Deployment): boolean {
  const digests = new Set(standingApprovals(deployment).map(({ digest }) => digest));
  for (const content of [signedContent, earlySignedContent]) {
    if (digests.size === 0) return false;
    digests.delete(sha256(canonicalText(content(deployment))));
  }
  return digests.size > 0;
}

// Links are added at any time; the phases from the gate on are worked through after it.
function changesSigned({ checklist }: Deployment, { type, data }: DeploymentEvent): boolean {
  if (type === "deployment.details-changed") return Object.keys(data.to).some((key) => key !== "links");
  if (!("item" in data) || typeof data.item !== "string" || type.startsWith("comment.")) return false;
  const place = findItem(checklist, data.item);
  const gate = checklist.phases.findIndex(({ key }) => key === checklist.signOff.gatePhase);
  const phase = place === undefined ? -1 : checklist.phases.indexOf(place.phase);
  return phase !== -1 && (gate === -1 || phase < gate);
}
