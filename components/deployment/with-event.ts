import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { DeploymentView, ItemView, PhaseView } from "#lib/queries/deployment-view.ts";

const STATUS_AFTER: Readonly<Record<string, ItemView["status"]>> = {
  "item.checked": "done",
  "item.unchecked": "open",
  "item.waived": "not-applicable",
  "item.waiver-withdrawn": "open",
};

/**
 * The view with an item's box as an event left it. Counts, blockers and what the caller may do are
 * the server's to say: the view keeps its revision, so that it is still read anew.
 */
export function withEvent(view: DeploymentView, event: LiveEvent): DeploymentView {
  const status = STATUS_AFTER[event.type];
  if (status === undefined || event.item === null) return view;
  const { at, actor } = event;
  const change = (item: ItemView): ItemView =>
    item.key === event.item
      ? { ...item, status, settled: status === "open" ? null : { at, by: actor }, reason: null }
      : item;
  const inPhase = (phase: PhaseView): PhaseView => ({
    ...phase,
    sections: phase.sections.map((section) =>
      section.items.some(({ key }) => key === event.item)
        ? { ...section, items: section.items.map(change) }
        : section,
    ),
  });
  return { ...view, phases: view.phases.map(inPhase), rollbackPhase: inPhase(view.rollbackPhase) };
}
