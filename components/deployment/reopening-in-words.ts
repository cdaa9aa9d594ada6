import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";

/** What reopening a phase does to this record (rule 6): to its approvals, to its ticks, and to nothing else. */
export function reopeningInWords(view: DeploymentView, phase: PhaseView): string {
  const approvals = view.signOff.steps.flatMap((step) =>
    step.approvals.filter(({ decision }) => decision === "approved"),
  ).length;
  const falls = approvals > 0 && isBeforeGate(view, phase, view.signOff.gate);
  const lock = falls
    ? `Later phases lock again, and ${approvals === 1 ? "the approval is" : `all ${approvals} approvals are`} void.`
    : "Later phases lock again.";
  return `${lock} ${ofTicks(view, phase, approvals > 0 && !falls)} The history keeps everything.`;
}

// Approvals fall with a phase before their gate, and the close-out stands after every phase.
function isBeforeGate({ phases }: DeploymentView, phase: PhaseView, gate: string): boolean {
  const place = phases.findIndex(({ key }) => key === gate);
  return place === -1 || phases.indexOf(phase) < place;
}

function ofTicks({ phases, details }: DeploymentView, { dueAt }: PhaseView, approvalsStay: boolean): string {
  const t0 = Date.parse(details.deploymentAt);
  const isBefore = (at: string | null) => at !== null && Date.parse(at) < t0;
  const sinceT0 = phases.some((phase) => !isBefore(phase.dueAt) && phase.done > 0);
  if (isBefore(dueAt) && sinceT0) return "What was ticked since T-0 is taken back; other ticks stay.";
  return approvalsStay ? "Ticks and approvals stay." : "Ticks stay.";
}
