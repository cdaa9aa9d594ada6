import type { Actor } from "./actor.ts";
import { pendingBreakGlass, type BreakGlass, type Confirmation, type Review } from "./break-glass-request.ts";
import { currentPhase, isStarted } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { refusedByDuties } from "./duties.ts";
import { allGateBlockers, phaseAfter } from "./gates.ts";
import { holdsRole } from "./policy.ts";
import type { Proven } from "./proof.ts";
import { Rejection, type Blocker } from "./rejection.ts";
import { ROLE_TITLES, type ApproverRole } from "./roles.ts";
import { refuseStandstill } from "./standstill.ts";
import type { PhaseTemplate } from "./template.ts";

/** What stands against a gate, with what live checks saw besides (`check-failed`). */
export type Seen = readonly Blocker[];

/** Rule 8: a team lead asks to open the next gate although something blocks it. */
export function requestBreakGlass(phaseKey: string, reason: string, seen: Seen): Decide {
  return (deployment, now, freezes) => {
    refuseStandstill(deployment);
    const gate = nextGate(deployment);
    if (gate?.key !== phaseKey) {
      throw new Rejection("gate-not-next", "Break glass opens the next gate, and no phase is skipped");
    }
    if (pendingBreakGlass(deployment.breakGlass) !== undefined) {
      throw new Rejection("break-glass-pending", "There is a request for this gate already");
    }
    const blockers = [...allGateBlockers(deployment, phaseKey, now, freezes), ...seen];
    if (blockers.length === 0) throw new Rejection("gate-open", `The gate before ${gate.title} is open`);
    const data = { phase: phaseKey, title: gate.title, reason, blockers };
    return [{ type: "break-glass.requested", data }];
  };
}

export type GlassSignature = Pick<Confirmation, "role" | "digest"> &
  Proven & {
    readonly request: number;
    /** The digest of the content and the blockers as they stand now. */
    readonly currentDigest: string;
  };

/**
 * Rule 8: an approver, another person than the team lead, opens the gate in spite of exactly what
 * blocks it now. Duties stay separated as in a signature, and nobody stands in for anybody.
 */
export function confirmBreakGlass(actor: Actor, signature: GlassSignature, seen: Seen): Decide {
  return (deployment, now, freezes) => {
    refuseStandstill(deployment);
    const pending = pendingRequest(deployment, signature.request);
    const refusal = whyNotConfirm(deployment, actor, pending, signature.role);
    if (refusal !== null) throw refusal;
    if (signature.digest !== signature.currentDigest) {
      throw new Rejection("content-changed", "Something changed since you looked; look again, then confirm");
    }
    const { role, digest, proof, assertion, request } = signature;
    const { phase, title } = pending;
    const roleTitle = ROLE_TITLES[role];
    const meaning = `I confirm as ${roleTitle} that ${title} begins although this gate is closed.`;
    const blockers = [...allGateBlockers(deployment, phase, now, freezes), ...seen];
    const data = { request, phase, title, role, roleTitle, meaning, digest, proof, blockers };
    return [{ type: "break-glass.confirmed", data: assertion === undefined ? data : { ...data, assertion } }];
  };
}

/** Rule 8: a team lead takes a request back, confirmed or not, as long as the phase has not begun. */
export function withdrawBreakGlass(request: number): Decide {
  return (deployment) => {
    const { phase, title } = pendingRequest(deployment, request);
    return [{ type: "break-glass.withdrawn", data: { request, phase, title } }];
  };
}

/** Rule 8: somebody who took no part says afterwards whether it was right. Also on a record that has ended. */
export function reviewBreakGlass(actor: Actor, request: number, review: Review): Decide {
  return (deployment) => {
    const glass = deployment.breakGlass.find((candidate) => candidate.request === request);
    if (glass === undefined) throw new Rejection("not-found", "There is no such request");
    const refusal = whyNotReview(actor, glass);
    if (refusal !== null) throw refusal;
    const { phase, title } = glass;
    return [{ type: "break-glass.reviewed", data: { request, phase, title, ...review } }];
  };
}

/** Why this actor may not confirm the request as this role; null when they may. */
export function whyNotConfirm(
  deployment: Deployment,
  actor: Actor,
  { confirmed, requested }: BreakGlass,
  role: ApproverRole,
): Rejection | null {
  if (actor.kind !== "person" || !holdsRole(actor, role, deployment.teamId)) {
    return new Rejection(
      "forbidden",
      `Only someone who holds the role ${ROLE_TITLES[role]} confirms as such`,
    );
  }
  if (confirmed !== null)
    return new Rejection("already-signed", `${confirmed.by.name} has confirmed already`);
  if (requested.by.id === actor.id) {
    return new Rejection("separation-of-duties", "You asked for it, so somebody else confirms it");
  }
  return refusedByDuties(deployment, actor.id);
}

/** Why this actor may not review; null when they may. The roles are the policy's to say. */
export function whyNotReview(actor: Actor, glass: BreakGlass): Rejection | null {
  const { confirmed, used, closed, review, requested } = glass;
  if (confirmed === null) return new Rejection("not-reviewable", "Nobody broke the glass");
  if (review !== null) return new Rejection("already-reviewed", `${review.by.name} has reviewed it already`);
  if (used === null && closed === null) {
    return new Rejection("not-reviewable", "The review comes after the phase has begun");
  }
  const tookPart = [requested.by.id, confirmed.by.id, used?.by.id];
  return tookPart.includes(actor.id)
    ? new Rejection("separation-of-duties", "You took part in it, so somebody else reviews it")
    : null;
}

/** The gate that comes next: the one after the open phase, or before the phase that waits. */
export function nextGate(deployment: Deployment): PhaseTemplate | undefined {
  const current = currentPhase(deployment);
  if (current === undefined) return undefined;
  return isStarted(deployment, current.key) ? phaseAfter(deployment, current.key) : current;
}

function pendingRequest(deployment: Deployment, request: number): BreakGlass {
  const pending = pendingBreakGlass(deployment.breakGlass);
  if (pending?.request === request) return pending;
  throw new Rejection("break-glass-over", "This request is no longer open");
}
