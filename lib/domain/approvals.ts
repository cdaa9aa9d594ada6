import type { Actor } from "./actor.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Instant } from "./deployment.ts";
import { refusedByDuties } from "./duties.ts";
import { gateBlockers, CLOSE_OUT, isReadyToSign, signOffGatePassed } from "./gates.ts";
import { mandateHolds, type Mandate } from "./mandate.ts";
import { holdsRole } from "./policy.ts";
import type { Proven } from "./proof.ts";
import { Rejection } from "./rejection.ts";
import type { ApproverRole } from "./roles.ts";
import {
  approvalsOf,
  awaitedSteps,
  isLastApproval,
  missingApprovals,
  openRejection,
  quorumOf,
  signersOf,
  standingApprovals,
} from "./sign-off.ts";
import { refuseStandstill } from "./standstill.ts";
import type { SignOffStep } from "./template.ts";

export type Signature = {
  readonly role: ApproverRole;
  /** What the signer was shown; must equal `contentDigest`. */
  readonly digest: string;
  /** The digest of what stands in the record now. */
  readonly contentDigest: string;
  /** Present when a stand-in signs in somebody's place. */
  readonly mandate?: Mandate | null;
} & Proven;

/**
 * Rules 3 and 4: approves as a role, in the sign-off's order, exactly the content that was shown. At
 * close-out the last approval completes the record, through an open gate alone.
 */
export function grantApproval(actor: Actor, signature: Signature, comment: string | null): Decide {
  return (deployment, now) => {
    const { title } = refuseUnlessTurn(deployment, actor, signature, now);
    const meaning = `I approve this deployment as ${title}${inWhosePlace(signature)}.`;
    const granted = {
      type: "approval.granted" as const,
      data: { ...signed(deployment, signature, title, meaning), comment },
    };
    if (!isLastApproval(deployment) || deployment.checklist.signOff.gatePhase !== null) return [granted];
    refuseClosedOut(deployment, now);
    return [granted, { type: "deployment.completed", data: {} }];
  };
}

// But for the approval itself, nothing stands against the gate.
function refuseClosedOut(deployment: Deployment, now: Instant): void {
  const blockers = gateBlockers(deployment, CLOSE_OUT, now, []);
  const others = blockers.filter(({ code }) => code !== "approval-missing");
  if (others.length > 0) {
    throw new Rejection(
      "gate-closed",
      "The last approval closes the record, and something stands against it",
      {
        blockers: others,
      },
    );
  }
}

/** Rule 5: rejects as a role, with a reason; the gate stays closed until a team lead has answered. */
export function rejectApproval(actor: Actor, signature: Signature, reason: string): Decide {
  return (deployment, now) => {
    const { title } = refuseUnlessTurn(deployment, actor, signature, now);
    const meaning = `I reject this deployment as ${title}${inWhosePlace(signature)}.`;
    return [
      { type: "approval.rejected", data: { ...signed(deployment, signature, title, meaning), reason } },
    ];
  };
}

/** Rule 5: a team lead answers the rejection of the round that they saw, and the sign-off starts over. */
export function answerRejection(answer: string, round: number): Decide {
  return (deployment) => {
    refuseStandstill(deployment);
    if (signOffGatePassed(deployment)) throw passed();
    const rejection = openRejection(deployment);
    if (rejection === undefined) throw new Rejection("not-rejected", "There is no rejection to answer");
    if (rejection.round !== round) {
      throw new Rejection(
        "not-rejected",
        "That rejection has been answered; another stands now, so look at it first",
      );
    }
    return [{ type: "rejection.answered", data: { round, answer } }];
  };
}

/**
 * Why this actor may not sign now, by a role of their own or by a mandate of somebody's, or null
 * when they may.
 */
export function whyNotSign(
  deployment: Deployment,
  actor: Actor,
  role: ApproverRole,
  now: Instant,
  mandate: Mandate | null,
): Rejection | null {
  const step = deployment.checklist.signOff.steps.find((candidate) => candidate.role === role);
  if (step === undefined) return new Rejection("not-found", "This sign-off has no such role");
  if (!speaksAs(deployment, actor, role, now, mandate)) {
    return mandate === null
      ? new Rejection("forbidden", `Only someone who holds the role ${step.title} may sign here`)
      : new Rejection("delegation-ended", `You no longer stand in for ${mandate.from.name} here`);
  }
  if (signOffGatePassed(deployment)) return passed();
  if (!isReadyToSign(deployment)) {
    // At the last gate, where broken glass at the sign-off's own hides nothing.
    const blockers = gateBlockers(deployment, CLOSE_OUT, deployment.opened.at, []);
    return new Rejection("sign-off-not-open", "Signing begins when every phase before the gate is complete", {
      blockers: blockers.filter(({ code }) => code === "phase-incomplete"),
    });
  }
  if (openRejection(deployment) !== undefined) {
    return new Rejection("sign-off-rejected", "A rejection stands; a team lead answers it first");
  }
  return whyNotTurn(deployment, step) ?? separationOfDuties(deployment, actor, role, mandate);
}

function whyNotTurn(deployment: Deployment, step: SignOffStep): Rejection | null {
  if (!missingApprovals(deployment).includes(step)) {
    const quorum = quorumOf(step);
    const message =
      quorum === 1
        ? `${step.title} has already approved`
        : `${step.title} has its ${quorum} approvals already`;
    return new Rejection("already-signed", message);
  }
  const awaited = awaitedSteps(deployment);
  if (awaited.includes(step)) return null;
  const titles = awaited.map(({ title }) => title).join(" and ");
  return new Rejection("not-your-turn", `${step.title} signs after ${titles}`);
}

function speaksAs(
  { teamId }: Deployment,
  actor: Actor,
  role: ApproverRole,
  now: Instant,
  mandate: Mandate | null,
): boolean {
  if (actor.kind !== "person") return false;
  if (mandate === null) return holdsRole(actor, role, teamId);
  return mandate.to.id === actor.id && mandateHolds(mandate, role, teamId, now);
}

function refuseUnlessTurn(
  deployment: Deployment,
  actor: Actor,
  { role, digest, contentDigest, mandate }: Signature,
  now: Instant,
) {
  refuseStandstill(deployment);
  const refusal = whyNotSign(deployment, actor, role, now, mandate ?? null);
  if (refusal !== null) throw refusal;
  if (digest !== contentDigest) {
    throw new Rejection(
      "content-changed",
      "The content changed since you looked at it; look again, then sign",
    );
  }
  return { title: roleTitle(deployment, role) };
}

// Rule 3 holds for whoever signs and for whoever they sign for: one voice, two people bound by it.
function separationOfDuties(
  deployment: Deployment,
  actor: Actor,
  role: ApproverRole,
  mandate: Mandate | null,
): Rejection | null {
  const represented = mandate?.from ?? null;
  const ids = represented === null ? [actor.id] : [actor.id, represented.id];
  const sameRole = approvalsOf(deployment, role).flatMap(signersOf);
  if (ids.some((id) => sameRole.includes(id))) {
    const message =
      represented === null
        ? "You have signed as this role already"
        : `You or ${represented.name} have signed as this role already`;
    return new Rejection("already-signed", message);
  }
  const byDuties =
    refusedByDuties(deployment, actor.id) ??
    (represented === null ? null : refusedByDuties(deployment, represented.id, represented));
  if (byDuties !== null) return byDuties;
  const signers = standingApprovals(deployment).flatMap(signersOf);
  if (deployment.relaxations.mayHoldSeveralRoles || !ids.some((id) => signers.includes(id))) return null;
  const message =
    represented === null || signers.includes(actor.id)
      ? "You have signed this deployment already; no person signs twice"
      : `${represented.name} has signed this deployment already; nobody signs for them besides`;
  return new Rejection("separation-of-duties", message);
}

function signed(deployment: Deployment, signature: Signature, title: string, meaning: string) {
  const { role, digest, proof, assertion, mandate } = signature;
  const { signOffRound: round } = deployment;
  return {
    round,
    role,
    roleTitle: title,
    meaning,
    digest,
    proof,
    ...(assertion !== undefined && { assertion }),
    ...(mandate != null && { for: { ...mandate.from, delegation: mandate.delegation } }),
  };
}

function inWhosePlace({ mandate }: Signature): string {
  return mandate == null ? "" : ` for ${mandate.from.name}`;
}

function passed(): Rejection {
  return new Rejection("sign-off-closed", "The gate has been passed; nothing is signed any more");
}

function roleTitle(deployment: Deployment, role: ApproverRole): string {
  return deployment.checklist.signOff.steps.find((step) => step.role === role)?.title ?? role;
}
