import type { DeploymentView, ItemView, PhaseView } from "#lib/queries/deployment-view.ts";

/** An item of the record, wherever it stands. */
export function findItemView(view: DeploymentView, key: string): ItemView | undefined {
  for (const phase of [...view.phases, view.rollbackPhase])
    for (const section of phase.sections) {
      const item = section.items.find((candidate) => candidate.key === key);
      if (item !== undefined) return item;
    }
  return undefined;
}

/** The phase of the sequence that an item of the view stands in; undefined for the rollback's. */
export function phaseViewOf({ phases }: DeploymentView, item: ItemView): PhaseView | undefined {
  return phases.find(({ sections }) => sections.some(({ items }) => items.includes(item)));
}
