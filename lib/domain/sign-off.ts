import type { Approval, Deployment } from "./deployment.ts";
import type { ApproverRole } from "./roles.ts";
import type { SignOffStep } from "./template.ts";

/** Approvals that still stand; all of them are of the current round. */
export function standingApprovals(deployment: Deployment): readonly Approval[] {
  return deployment.approvals.filter(({ decision, voided }) => decision === "approved" && voided === null);
}

export function hasStandingApprovals(deployment: Deployment): boolean {
  return standingApprovals(deployment).length > 0;
}

/** Standing approvals of one role, in the order in which they were given. */
export function approvalsOf(deployment: Deployment, role: ApproverRole): readonly Approval[] {
  return standingApprovals(deployment).filter((approval) => approval.role === role);
}

/** How many people of the step's role approve. */
export function quorumOf({ quorum = 1 }: SignOffStep): number {
  return quorum;
}

/** How many approvals the step still lacks. */
export function missingOf(deployment: Deployment, step: SignOffStep): number {
  return Math.max(0, quorumOf(step) - approvalsOf(deployment, step.role).length);
}

/** The steps in stages: one stage opens when every step of the one before has its quorum. */
export function stagesOf(steps: readonly SignOffStep[]): readonly (readonly SignOffStep[])[] {
  const stages: SignOffStep[][] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (step.withPrevious === true && last !== undefined) last.push(step);
    else stages.push([step]);
  }
  return stages;
}

/** The steps of the sign-off without their quorum, in order. */
export function missingApprovals(deployment: Deployment): readonly SignOffStep[] {
  return deployment.checklist.signOff.steps.filter((step) => missingOf(deployment, step) > 0);
}

/** The steps that may be signed now: those of the first stage that is not complete, less the complete ones. */
export function awaitedSteps(deployment: Deployment): readonly SignOffStep[] {
  const missing = missingApprovals(deployment);
  const stage = stagesOf(deployment.checklist.signOff.steps).find((steps) =>
    steps.some((step) => missing.includes(step)),
  );
  return stage?.filter((step) => missing.includes(step)) ?? [];
}

/** Whether one more approval makes the sign-off complete. */
export function isLastApproval(deployment: Deployment): boolean {
  const missing = deployment.checklist.signOff.steps.map((step) => missingOf(deployment, step));
  return missing.reduce((total, count) => total + count, 0) === 1;
}

/** The rejection that a team lead has not answered yet (rule 5); nothing else lifts it. */
export function openRejection(deployment: Deployment): Approval | undefined {
  return deployment.approvals.find(({ decision, voided }) => decision === "rejected" && voided === null);
}

/** Whoever took part in an approval: the signer, and whom they stood in for. */
export function signersOf({ signed, standsInFor }: Pick<Approval, "signed" | "standsInFor">) {
  return standsInFor === null ? [signed.by.id] : [signed.by.id, standsInFor.id];
}
