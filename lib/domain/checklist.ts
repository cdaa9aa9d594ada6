import type { Checklist, Deployment } from "./deployment.ts";
import type {
  ItemTemplate,
  PhaseTemplate,
  SectionTemplate,
  SignOffPlace,
  SignOffStep,
  Target,
  Template,
} from "./template.ts";

export type ItemPlace = {
  readonly phase: PhaseTemplate;
  readonly section: SectionTemplate;
  readonly item: ItemTemplate;
};

/**
 * The copy of a template for one deployment: the chosen targets' sections join the first phase, and
 * the chosen approvals, if any, stand in place of the template's.
 */
export function chooseChecklist(
  template: Template,
  targets: readonly Target[],
  place: SignOffPlace,
  steps: readonly SignOffStep[] = template.signOff.steps,
): Checklist {
  const phases = template.phases.map((phase, index) =>
    index === 0
      ? { ...phase, sections: [...phase.sections, ...targets.map((target) => template.targets[target])] }
      : phase,
  );
  const t0Phase = phases.find((phase) => phase.timing.startsAtT0)?.key ?? null;
  return {
    template: { key: template.key, version: template.version, title: template.title },
    targets,
    phases,
    rollback: template.rollback,
    signOff: {
      place,
      gatePhase: place === "go-no-go" ? t0Phase : null,
      steps,
    },
  };
}

const placesByChecklist = new WeakMap<Checklist, ReadonlyMap<string, ItemPlace>>();

/** An item with the section and phase it stands in, the rollback list included. */
export function findItem(checklist: Checklist, itemKey: string): ItemPlace | undefined {
  let places = placesByChecklist.get(checklist);
  if (places === undefined) {
    places = new Map(allItems(checklist).map((place) => [place.item.key, place]));
    placesByChecklist.set(checklist, places);
  }
  return places.get(itemKey);
}

export function allItems(checklist: Checklist): readonly ItemPlace[] {
  return [...checklist.phases, checklist.rollback].flatMap(itemsOf);
}

export function itemsOf(phase: PhaseTemplate): readonly ItemPlace[] {
  return phase.sections.flatMap((section) => section.items.map((item) => ({ phase, section, item })));
}

/** The first phase of the sequence that is not complete; undefined when all are. */
export function currentPhase(deployment: Deployment): PhaseTemplate | undefined {
  return deployment.checklist.phases.find(({ key }) => !isCompleted(deployment, key));
}

export function isCompleted(deployment: Deployment, phaseKey: string): boolean {
  return deployment.phases[phaseKey]?.completed != null;
}

export function isStarted(deployment: Deployment, phaseKey: string): boolean {
  return deployment.phases[phaseKey]?.started != null;
}

/** Whether the phase at T-0 has begun, and is not locked again. */
export function isPastT0(deployment: Deployment): boolean {
  return deployment.checklist.phases.some(
    ({ key, timing }) => timing.startsAtT0 && isStarted(deployment, key),
  );
}

/** The phase at T-0 and those after it; none where nothing begins at T-0. */
export function phasesFromT0({ phases }: Checklist): readonly PhaseTemplate[] {
  const t0 = phases.findIndex(({ timing }) => timing.startsAtT0);
  return t0 === -1 ? [] : phases.slice(t0);
}

export function isSettled(deployment: Deployment, itemKey: string): boolean {
  const state = deployment.items[itemKey];
  return state !== undefined && state.status !== "open";
}

/** The first earlier section of a phase with an item that is not settled; undefined when there is none. */
export function unfinishedSectionBefore(
  deployment: Deployment,
  phase: PhaseTemplate,
  section: SectionTemplate,
): SectionTemplate | undefined {
  return phase.sections
    .slice(0, phase.sections.indexOf(section))
    .find(({ items }) => !items.every(({ key }) => isSettled(deployment, key)));
}
