import { currentPhase, isStarted, itemsOf } from "./checklist.ts";
import type { CheckContext, CheckResult, Probe } from "./check-result.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { CheckEvidence, StoredFile } from "./evidence.ts";
import type { CheckUse, ItemTemplate, PhaseTemplate } from "./template.ts";
import { MINUTE, laterBy } from "./time.ts";

export type UsedCheck = { readonly item: ItemTemplate; readonly use: CheckUse };

/**
 * The checks of the phase that is under way: the rollback list while a rollback runs. A phase that
 * has not begun has none, since a machine's evidence would begin it, T-0 included.
 */
export function checksOfOpenPhase(deployment: Deployment): readonly UsedCheck[] {
  if (deployment.ended !== null) return [];
  if (deployment.rollback !== null) return checksOf(deployment, deployment.checklist.rollback);
  const phase = currentPhase(deployment);
  return phase !== undefined && isStarted(deployment, phase.key) ? checksOf(deployment, phase) : [];
}

/** The checks of a phase's items, but for items that are not applicable. */
export function checksOf(deployment: Deployment, phase: PhaseTemplate): readonly UsedCheck[] {
  return itemsOf(phase)
    .filter(({ item }) => deployment.items[item.key]?.status !== "not-applicable")
    .flatMap(({ item }) => (item.checks ?? []).map((use) => ({ item, use })));
}

/** What a judgement on this record may depend on. */
export function contextOf(deployment: Deployment, now: Instant, probes: readonly Probe[] = []): CheckContext {
  return { now, t0At: deployment.t0At, slo: deployment.details.slo, probes };
}

/** A result as the record keeps it. */
export function checkEvidence(
  { checker, freshMinutes }: CheckUse,
  title: string,
  label: string | null,
  result: CheckResult,
  report: StoredFile | null,
  now: Instant,
): CheckEvidence {
  const validUntil =
    freshMinutes === null || result.verdict !== "pass" ? null : laterBy(now, freshMinutes * MINUTE);
  return { kind: "check", checker, title, label, ...result, validUntil, report };
}
