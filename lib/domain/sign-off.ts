import type { Approval, Deployment } from "./deployment.ts";
import type { ApproverRole } from "./roles.ts";

type Step = { readonly role: ApproverRole; readonly title: string };

/** Approvals that still stand; all of them are of the current round. */
export function standingApprovals(deployment: Deployment): readonly Approval[] {
  return deployment.approvals.filter(({ decision, voided }) => decision === "approved" && voided === null);
}

export function hasStandingApprovals(deployment: Deployment): boolean {
  return standingApprovals(deployment).length > 0;
}

/** The steps of the sign-off without a standing approval, in order. */
export function missingApprovals(deployment: Deployment): readonly Step[] {
  const approved = new Set(standingApprovals(deployment).map(({ role }) => role));
  return deployment.checklist.signOff.steps.filter(({ role }) => !approved.has(role));
}

/** The rejection that a team lead has not answered yet (rule 5); nothing else lifts it. */
export function openRejection(deployment: Deployment): Approval | undefined {
  return deployment.approvals.find(({ decision, voided }) => decision === "rejected" && voided === null);
}

/**
 * What an approval signs (rule 4): metadata, every item of the sequence with its state, and all
 * evidence. Who may sign next, clocks and the approvals themselves are no part of it.
 */
export function signedContent(deployment: Deployment) {
  const { id, service, details, checklist, items, evidence, predecessorId } = deployment;
  return {
    format: "countersign/signed-content/1",
    deployment: { id, service, predecessorId, details },
    template: checklist.template,
    targets: checklist.targets,
    phases: checklist.phases.map((phase) => ({
      key: phase.key,
      title: phase.title,
      sections: phase.sections.map((section) => ({
        key: section.key,
        title: section.title,
        items: section.items.map((item) => ({
          key: item.key,
          title: item.title,
          state: items[item.key] ?? { status: "open" as const },
          evidence: evidence.filter(({ itemKey }) => itemKey === item.key),
        })),
      })),
    })),
  };
}
