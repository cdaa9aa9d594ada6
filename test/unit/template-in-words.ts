import type {
  CheckUse,
  ItemTemplate,
  PhaseTemplate,
  Requirement,
  RotationClass,
  SectionTemplate,
  Template,
} from "#lib/domain/template.ts";

/** Everything in a template but its items' titles, a line for each phase, section and item. */
export function templateInWords({ phases, rollback, targets }: Template): readonly string[] {
  return [
    ...[...phases, rollback].flatMap(phaseInWords),
    ...Object.entries(targets).flatMap(([target, section]) => [
      `target ${target}`,
      ...sectionInWords(section),
    ]),
  ];
}

function phaseInWords({ key, title, timing, sections }: PhaseTemplate): readonly string[] {
  const { label, offsetMinutes, startsAtT0 } = timing;
  const due = `${offsetMinutes ?? "no"} min${startsAtT0 ? ", is T-0" : ""}`;
  return [`phase ${key}: ${title}, ${label}, ${due}`, ...sections.flatMap(sectionInWords)];
}

function sectionInWords({ key, title, items }: SectionTemplate): readonly string[] {
  return [`section ${key}: ${title}`, ...items.map(itemInWords)];
}

function itemInWords({ key, critical, conditional, requirement, checks = [] }: ItemTemplate): string {
  const marks = `${critical ? "!" : ""}${conditional ? "?" : ""}`;
  const demands = [...(requirement ? [requirementInWords(requirement)] : []), ...checks.map(checkInWords)];
  return [`${key}${marks}`, ...demands].join("; ");
}

function requirementInWords(requirement: Requirement): string {
  switch (requirement.kind) {
    case "measurement": {
      const { title, metric, atLeast, unit } = requirement;
      return `measures ${title} (${metric}) >= ${atLeast} ${unit}`;
    }
    case "slo":
      return `within the SLO in ${requirement.metrics.join(", ")}`;
    case "rotation":
      return `rotated: ${requirement.classes.map(classInWords).join(", ")}`;
    case "fresh-time":
      return `${requirement.title} within ${requirement.maxAgeMinutes} min`;
    case "wait":
      return `waits ${requirement.minutes} min since ${requirement.since}`;
    case "proof":
      return `proof: ${requirement.title}`;
  }
}

function classInWords({ key, title, maxAgeDays, dueFromDays }: RotationClass): string {
  return `${title} (${key}) within ${maxAgeDays} d${dueFromDays === undefined ? "" : ` and due from ${dueFromDays} d`}`;
}

const WEIGHTS = { settles: "by", supports: "beside" };

function checkInWords({ checker, parameters, weight, freshMinutes, labels }: CheckUse): string {
  const limits = Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`);
  return [
    `${WEIGHTS[weight]} ${checker}`,
    ...(limits.length > 0 ? [`(${limits.join(", ")})`] : []),
    ...(labels === undefined ? [] : [`each of ${labels.join(", ")}`]),
    ...(freshMinutes === null ? [] : [`for ${freshMinutes} min`]),
  ].join(" ");
}
