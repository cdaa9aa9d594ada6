import type { Deployment } from "./deployment.ts";
import type { Evidence } from "./evidence.ts";

/**
 * What an approval signs (rule 4): metadata, every item of the sequence with its state, all evidence,
 * and each gate before it that was forced open (rule 8). Who may sign next, clocks, the approvals
 * themselves and later reviews are no part of it.
 */
export function signedContent(deployment: Deployment) {
  return contentWith(deployment, (evidence) => evidence);
}

/** The same as version 0.1.0 wrote it: before a verdict could be overruled, evidence did not say that it was not. */
export function earlySignedContent(deployment: Deployment) {
  return contentWith(deployment, ({ overruled, ...evidence }) =>
    overruled === null ? evidence : { ...evidence, overruled },
  );
}

function contentWith(deployment: Deployment, written: (evidence: Evidence) => object) {
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
          evidence: evidence.filter(({ itemKey }) => itemKey === item.key).map(written),
        })),
      })),
    })),
    ...forcedGates(deployment),
  };
}

// Absent where no glass was broken, so that digests of records without any stay what they were.
function forcedGates({ breakGlass }: Deployment) {
  const used = breakGlass.filter((request) => request.used !== null);
  if (used.length === 0) return {};
  return {
    breakGlass: used.map(({ phase, requested, reason, confirmed, used: by }) => ({
      phase,
      requested,
      reason,
      confirmed,
      used: by,
    })),
  };
}
