import { countedEvidence } from "./counted-evidence.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { CheckEvidence, Evidence } from "./evidence.ts";
import type { Judgement } from "./requirements.ts";
import type { CheckUse, ItemTemplate } from "./template.ts";

export type StandingVerdict = {
  readonly use: CheckUse;
  readonly entry: Evidence;
  readonly check: CheckEvidence;
};

/** The newest verdict of each checker and label on an item, in the order of the item's checks. */
export function standingVerdicts(
  deployment: Deployment,
  { key, checks = [] }: ItemTemplate,
): readonly StandingVerdict[] {
  if (checks.length === 0) return [];
  const evidence = countedEvidence(deployment, key);
  return checks.flatMap((use) => {
    const newest = new Map<string | null, StandingVerdict>();
    for (const entry of evidence) {
      const check = entry.content;
      if (check.kind !== "check" || check.checker !== use.checker) continue;
      newest.set(check.label, { use, entry, check });
    }
    return [...newest.values()];
  });
}

/** Whether a standing verdict is no pass at `now`, and no team lead let it count as one. */
export function speaksAgainst({ entry, check }: StandingVerdict, now: Instant): boolean {
  if (entry.overruled !== null) return false;
  return check.verdict !== "pass" || isStale(check, now);
}

/**
 * How an item stands by its machines alone, at `now`; null when none has spoken. The worst verdict
 * decides, an overruled one counts as a pass, and one that could not tell never does.
 */
export function judgeVerdicts(deployment: Deployment, item: ItemTemplate, now: Instant): Judgement | null {
  const standing = standingVerdicts(deployment, item);
  if (standing.length === 0) return null;
  const counted = standing.filter(({ entry }) => entry.overruled === null);
  const failed = counted.find(({ check }) => check.verdict === "fail");
  if (failed !== undefined) return { verdict: "failed", message: inWords(failed) };
  const unknown = counted.find(({ check }) => check.verdict === "unknown");
  if (unknown !== undefined) return { verdict: "unknown", message: inWords(unknown) };
  const stale = counted.find(({ check }) => isStale(check, now));
  if (stale !== undefined) {
    return { verdict: "stale", message: `${stale.check.title} passed too long ago; check again` };
  }
  const missing = missingLabels(standing);
  if (missing.length > 0)
    return { verdict: "missing", message: `Needs the report of: ${missing.join(", ")}` };
  const ends = counted.flatMap(({ check }) => (check.validUntil === null ? [] : [check.validUntil]));
  return {
    verdict: "met",
    message: standing.map(inWords).join("; "),
    validUntil: ends.toSorted()[0] ?? null,
    due: false,
  };
}

/** Whether a machine that may tick the item has passed it. */
export function isSettledByMachine(deployment: Deployment, item: ItemTemplate): boolean {
  return standingVerdicts(deployment, item).some(
    ({ use, check }) => use.weight === "settles" && check.verdict === "pass",
  );
}

function isStale({ validUntil }: CheckEvidence, now: Instant): boolean {
  return validUntil !== null && validUntil <= now;
}

function missingLabels(standing: readonly StandingVerdict[]): readonly string[] {
  return [...new Set(standing.map(({ use }) => use))].flatMap(({ checker, labels = [] }) =>
    labels.filter(
      (label) => !standing.some(({ use, check }) => use.checker === checker && check.label === label),
    ),
  );
}

function inWords({ entry, check }: StandingVerdict): string {
  const name = check.label === null ? check.title : `${check.title} (${check.label})`;
  if (entry.overruled === null) return `${name}: ${check.summary}`;
  return `${name} overruled by ${entry.overruled.by.name}: ${entry.overruled.reason}`;
}
