import { standingVerdicts } from "#lib/domain/verdicts.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { isCompleted } from "#lib/domain/checklist.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { phasesJudgedAt } from "#lib/domain/gates.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { loadCheckRuns } from "./check-runs.ts";

/** What live checks of completed phases saw last, as far as it closes a gate. */
export async function failingChecks(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  if (deployment.ended !== null || deployment.rollback !== null) return [];
  const items = new Map(
    phasesJudgedAt(deployment, phase)
      .filter(({ key }) => isCompleted(deployment, key))
      .flatMap(({ key, sections }) =>
        sections.flatMap((section) => section.items.map((item) => [item.key, { item, phase: key }] as const)),
      ),
  );
  return (await loadCheckRuns(deployment.id)).flatMap((run): readonly Blocker[] => {
    const place = items.get(run.itemKey);
    if (place === undefined || run.verdict !== "fail") return [];
    if (deployment.items[run.itemKey]?.status === "not-applicable") return [];
    if (isOverruled(deployment, place.item, run.checker)) return [];
    const message = `“${place.item.title}” fails now: ${run.summary}`;
    return [{ code: "check-failed", message, item: run.itemKey, phase: place.phase, grounds: [run.checker] }];
  });
}

// A team lead's word on the newest verdict holds for what the same check says afterwards.
function isOverruled(deployment: Deployment, item: ItemTemplate, checker: string): boolean {
  return standingVerdicts(deployment, item).some(
    ({ use, entry }) => use.checker === checker && entry.overruled !== null,
  );
}
