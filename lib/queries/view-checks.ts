import type { ItemTemplate } from "#lib/domain/template.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import type { CheckView } from "./deployment-view.ts";
import type { Surroundings } from "./get-deployment.ts";

/** The checkers that can tell about an item, and when they looked last. */
export function viewChecks(
  { key, checks = [] }: ItemTemplate,
  { checkGroups, checkRuns }: Surroundings,
): readonly CheckView[] {
  return checks.flatMap(({ checker: checkerKey, weight, labels = [] }) => {
    const checker = findChecker(checkerKey);
    if (checker === undefined) return [];
    const run = checkRuns.find(({ itemKey, checker: ran }) => itemKey === key && ran === checkerKey);
    const configured = checker.kind === "live" ? checkGroups.includes(checker.group) : null;
    const ranAt = run === undefined ? null : new Date(run.ranAt).toISOString();
    return [
      { checker: checkerKey, title: checker.title, kind: checker.kind, weight, labels, configured, ranAt },
    ];
  });
}
