import type { Actor } from "./actor.ts";
import type { Decide } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { gateBlockers, CLOSE_OUT, isReadyToSign, signOffGatePassed } from "./gates.ts";
import { holdsRole } from "./policy.ts";
import type { Proven } from "./proof.ts";
import { Rejection } from "./rejection.ts";
import type { ApproverRole } from "./roles.ts";
import { missingApprovals, openRejection, standingApprovals } from "./sign-off.ts";
import { refuseStandstill } from "./standstill.ts";

export type Signature = {
  readonly role: ApproverRole;
  /** What the signer was shown; must equal `contentDigest`. */
  readonly digest: string;
  /** The digest of what stands in the record now. */
  readonly contentDigest: string;
} & Proven;

/** Rules 3 and 4: approves as a role, in the sign-off's order, exactly the content that was shown. */
export function grantApproval(actor: Actor, signature: Signature, comment: string | null): Decide {
  return (deployment) => {
    const { title } = refuseUnlessTurn(deployment, actor, signature);
    const meaning = `I approve this deployment as ${title}.`;
    const granted = {
      type: "approval.granted" as const,
      data: { ...signed(deployment, signature, title, meaning), comment },
    };
    const isLast = missingApprovals(deployment).length === 1;
    const closesOut = isLast && deployment.checklist.signOff.gatePhase === null;
    return closesOut ? [granted, { type: "deployment.completed", data: {} }] : [granted];
  };
}

/** Rule 5: rejects as a role, with a reason; the gate stays closed until a team lead has answered. */
export function rejectApproval(actor: Actor, signature: Signature, reason: string): Decide {
  return (deployment) => {
    const { title } = refuseUnlessTurn(deployment, actor, signature);
    const meaning = `I reject this deployment as ${title}.`;
    return [
      { type: "approval.rejected", data: { ...signed(deployment, signature, title, meaning), reason } },
    ];
  };
}

/** Rule 5: a team lead answers the open rejection, and the sign-off starts over. */
export function answerRejection(answer: string): Decide {
  return (deployment) => {
    refuseStandstill(deployment);
    const rejection = openRejection(deployment);
    if (rejection === undefined) throw new Rejection("not-rejected", "There is no rejection to answer");
    return [{ type: "rejection.answered", data: { round: rejection.round, answer } }];
  };
}

/** Why this actor may not sign now, or null when it is their turn. */
export function whyNotSign(deployment: Deployment, actor: Actor, role: ApproverRole): Rejection | null {
  const { steps, gatePhase } = deployment.checklist.signOff;
  const step = steps.find((candidate) => candidate.role === role);
  if (step === undefined) return new Rejection("not-found", "This sign-off has no such role");
  if (actor.kind !== "person" || !holdsRole(actor, role, deployment.teamId)) {
    return new Rejection("forbidden", `Only someone who holds the role ${step.title} may sign here`);
  }
  if (signOffGatePassed(deployment))
    return new Rejection("sign-off-closed", "The gate has been passed; nothing is signed any more");
  if (!isReadyToSign(deployment)) {
    const blockers = gateBlockers(deployment, gatePhase ?? CLOSE_OUT, deployment.opened.at);
    return new Rejection("sign-off-not-open", "Signing begins when every phase before the gate is complete", {
      blockers: blockers.filter(({ code }) => code === "phase-incomplete"),
    });
  }
  if (openRejection(deployment) !== undefined) {
    return new Rejection("sign-off-rejected", "A rejection stands; a team lead answers it first");
  }
  const missing = missingApprovals(deployment);
  if (!missing.includes(step)) return new Rejection("already-signed", `${step.title} has already approved`);
  const next = missing[0];
  if (next !== undefined && next !== step) {
    return new Rejection("not-your-turn", `${step.title} signs after ${next.title}`);
  }
  return separationOfDuties(deployment, actor);
}

function refuseUnlessTurn(deployment: Deployment, actor: Actor, { role, digest, contentDigest }: Signature) {
  refuseStandstill(deployment);
  const refusal = whyNotSign(deployment, actor, role);
  if (refusal !== null) throw refusal;
  if (digest !== contentDigest) {
    throw new Rejection(
      "content-changed",
      "The content changed since you looked at it; look again, then sign",
    );
  }
  return { title: roleTitle(deployment, role) };
}

function separationOfDuties(deployment: Deployment, actor: Actor): Rejection | null {
  const { relaxations, opened, details } = deployment;
  const refuse = (message: string) => new Rejection("separation-of-duties", message);
  if (!relaxations.openerMaySign && opened.by.id === actor.id) {
    return refuse("You opened this deployment, so somebody else signs it");
  }
  if (!relaxations.deployerMaySign && details.deployedBy.id === actor.id) {
    return refuse("You are named as deployer, so somebody else signs it");
  }
  const signedAlready = standingApprovals(deployment).some(({ signed: { by } }) => by.id === actor.id);
  return !relaxations.mayHoldSeveralRoles && signedAlready
    ? refuse("You have signed this deployment already; no person signs twice")
    : null;
}

function signed(deployment: Deployment, signature: Signature, title: string, meaning: string) {
  const { role, digest, proof, assertion } = signature;
  const { signOffRound: round } = deployment;
  const signed = { round, role, roleTitle: title, meaning, digest, proof };
  return assertion === undefined ? signed : { ...signed, assertion };
}

function roleTitle(deployment: Deployment, role: ApproverRole): string {
  return deployment.checklist.signOff.steps.find((step) => step.role === role)?.title ?? role;
}
