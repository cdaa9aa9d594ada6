import type { Instant } from "#lib/domain/deployment.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import type { CheckView } from "./deployment-view.ts";
import type { Surroundings } from "./get-deployment.ts";

/** The checkers that can tell about an item, and when they looked last. */
export function viewChecks(
  { key, checks = [] }: ItemTemplate,
  { checkGroups, checksChanged, checkRuns }: Surroundings,
  openedAt: Instant,
): readonly CheckView[] {
  return checks.flatMap(({ checker: checkerKey, weight, labels = [] }) => {
    const checker = findChecker(checkerKey);
    if (checker === undefined) return [];
    const run = checkRuns.find(({ itemKey, checker: ran }) => itemKey === key && ran === checkerKey);
    const configured = checker.kind === "live" ? checkGroups.includes(checker.group) : null;
    const ranAt = run === undefined ? null : new Date(run.ranAt).toISOString();
    const change = checker.kind === "live" ? checksChanged[checker.group] : undefined;
    // The addresses that stood when the record was opened are no news to it.
    const addressChanged = change !== undefined && change.at > openedAt ? change : null;
    const { title, kind } = checker;
    return [{ checker: checkerKey, title, kind, weight, labels, configured, ranAt, addressChanged }];
  });
}
