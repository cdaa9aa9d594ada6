import type { PhaseTemplate, SignOffStep, Template } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";

/** Every phase of the production template, two items a section. */
export const SMALL = shortened(PRODUCTION_TEMPLATE);
/** The sign-off as it always was, and one with a quorum and steps side by side. */
export const SIGN_OFFS: readonly (readonly SignOffStep[])[] = [
  SMALL.signOff.steps,
  [
    { role: "security", title: "Security", quorum: 2 },
    { role: "devops-sre", title: "DevOps/SRE", withPrevious: true },
    { role: "product", title: "Product" },
  ],
];

export function phaseOf(itemKey: string): string | undefined {
  return [...SMALL.phases, SMALL.rollback].find(({ sections }) =>
    sections.some(({ items }) => items.some(({ key }) => key === itemKey)),
  )?.key;
}

// Two items a section, the ones with requirements first: short enough for 50 commands to go far.
function shortened(template: Template): Template {
  const short = (source: PhaseTemplate): PhaseTemplate => ({
    ...source,
    sections: source.sections.slice(0, 3).map((section) => ({
      ...section,
      items: section.items
        .toSorted((a, b) => Number(b.requirement !== undefined) - Number(a.requirement !== undefined))
        .slice(0, 2),
    })),
  });
  return { ...template, phases: template.phases.map(short), rollback: short(template.rollback) };
}
