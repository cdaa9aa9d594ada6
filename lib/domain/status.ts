import { currentPhase, isSettled, isStarted, itemsOf } from "./checklist.ts";
import type { Deployment } from "./deployment.ts";
import { isReadyToSign, signOffGatePassed } from "./gates.ts";
import type { ApproverRole } from "./roles.ts";
import { awaitedSteps, missingApprovals, openRejection } from "./sign-off.ts";

export const STATUSES = [
  "in-progress",
  "awaiting-sign-off",
  "rejected",
  "ready",
  "rolling-back",
  "completed",
  "rolled-back",
  "cancelled",
] as const;

export type Status = (typeof STATUSES)[number];

export const STATUS_TITLES: Readonly<Record<Status, string>> = {
  "in-progress": "In progress",
  "awaiting-sign-off": "Awaiting sign-off",
  rejected: "Rejected",
  ready: "Go: ready for T-0",
  "rolling-back": "Rolling back",
  completed: "Completed",
  "rolled-back": "Rolled back",
  cancelled: "Cancelled",
};

/** Where a record stands, from its facts alone. What goes stale by the clock is the gate's to say. */
export function statusOf(deployment: Deployment): Status {
  if (deployment.ended !== null) return deployment.ended.outcome;
  if (deployment.rollback !== null) return "rolling-back";
  if (signOffGatePassed(deployment)) return "in-progress";
  if (openRejection(deployment) !== undefined) return "rejected";
  if (!isReadyToSign(deployment)) return "in-progress";
  return missingApprovals(deployment).length === 0 ? "ready" : "awaiting-sign-off";
}

/** The roles whose approval is due now, in the sign-off's order; several where steps are parallel. */
export function awaitedRoles(deployment: Deployment): readonly ApproverRole[] {
  if (statusOf(deployment) !== "awaiting-sign-off") return [];
  return awaitedSteps(deployment).map(({ role }) => role);
}

/** What the board shows of each phase. */
export type PhaseSummary = {
  readonly key: string;
  readonly title: string;
  readonly label: string;
  readonly state: "completed" | "open" | "locked";
  readonly done: number;
  readonly total: number;
};

export type Summary = {
  readonly phases: readonly PhaseSummary[];
  /** Present while or after a rollback ran. */
  readonly rollback: PhaseSummary | null;
};

export function summarize(deployment: Deployment): Summary {
  const { phases, rollback } = deployment.checklist;
  return {
    phases: phases.map((phase) => summarizePhase(deployment, phase)),
    rollback: deployment.rollback === null ? null : summarizePhase(deployment, rollback),
  };
}

function summarizePhase(deployment: Deployment, phase: Deployment["checklist"]["rollback"]): PhaseSummary {
  const items = itemsOf(phase);
  return {
    key: phase.key,
    title: phase.title,
    label: phase.timing.label,
    state: phaseState(deployment, phase.key),
    done: items.filter(({ item }) => isSettled(deployment, item.key)).length,
    total: items.length,
  };
}

/** Whether a phase is complete, the one that may change now, or neither. */
export function phaseState(deployment: Deployment, phaseKey: string): PhaseSummary["state"] {
  if (deployment.phases[phaseKey]?.completed != null) return "completed";
  if (deployment.ended !== null) return "locked";
  const isRollback = phaseKey === deployment.checklist.rollback.key;
  if (deployment.rollback !== null) return isRollback ? "open" : "locked";
  return currentPhase(deployment)?.key === phaseKey && isStarted(deployment, phaseKey) ? "open" : "locked";
}
