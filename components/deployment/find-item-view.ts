import type { DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";

/** An item of the record, wherever it stands. */
export function findItemView(view: DeploymentView, key: string): ItemView | undefined {
  for (const phase of [...view.phases, view.rollbackPhase])
    for (const section of phase.sections) {
      const item = section.items.find((candidate) => candidate.key === key);
      if (item !== undefined) return item;
    }
  return undefined;
}
