import { findItem, isCompleted } from "./checklist.ts";
import type { Verdict } from "./check-result.ts";
import type { Deployment, Instant } from "./deployment.ts";
import { phasesJudgedAt } from "./gates.ts";
import type { Blocker } from "./rejection.ts";
import type { PhaseTemplate } from "./template.ts";
import { standingVerdicts } from "./verdicts.ts";

/** What a live check saw last; of a completed phase nothing of it stands on the record. */
export type SeenRun = {
  readonly itemKey: string;
  readonly checker: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** Since when it fails, through looks that could tell nothing; null once it passes. */
  readonly failingSince: Instant | null;
  /** When the address that it failed at was changed or taken away; null once a look could tell again. */
  readonly addressChangedAt: Instant | null;
};

/**
 * What live checks of completed phases saw last, as far as it closes the gate before `phase`. A failure
 * stands until the check passes: another address, none, or one that tells nothing ends it no sooner.
 */
export function failingChecks(
  deployment: Deployment,
  phase: string,
  runs: readonly SeenRun[],
): readonly Blocker[] {
  if (deployment.ended !== null || deployment.rollback !== null) return [];
  const judged = completedBefore(deployment, phase).map(({ key }) => key);
  return runs.flatMap((run): readonly Blocker[] => {
    const place = findItem(deployment.checklist, run.itemKey);
    if (place === undefined || !judged.includes(place.phase.key) || run.failingSince === null) return [];
    if (!wouldClose(deployment, run)) return [];
    const message = `“${place.item.title}” ${standingOf(run)}: ${run.summary}`;
    const grounds = [run.checker];
    return [{ code: "check-failed", message, item: run.itemKey, phase: place.phase.key, grounds }];
  });
}

function standingOf({ verdict, addressChangedAt }: SeenRun): string {
  if (addressChangedAt !== null) return "failed, and its address was changed or taken away since";
  return verdict === "fail" ? "fails now" : "failed, and has not passed since";
}

/** The completed phases whose live checks the gate before `phase` judges. */
export function completedBefore(deployment: Deployment, phase: string): readonly PhaseTemplate[] {
  return phasesJudgedAt(deployment, phase).filter(({ key }) => isCompleted(deployment, key));
}

/**
 * Whether a check of this item closes a gate when it fails: its phase is complete, and a team lead's
 * word on its newest verdict, which holds for what the same check says afterwards, was not given.
 */
export function wouldClose(
  deployment: Deployment,
  { itemKey, checker }: Pick<SeenRun, "itemKey" | "checker">,
): boolean {
  const place = findItem(deployment.checklist, itemKey);
  if (place === undefined || !isCompleted(deployment, place.phase.key)) return false;
  if (deployment.items[itemKey]?.status === "not-applicable") return false;
  return !standingVerdicts(deployment, place.item).some(
    ({ use, entry }) => use.checker === checker && entry.overruled !== null,
  );
}
