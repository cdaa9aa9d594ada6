import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import type { ItemTemplate, SectionTemplate } from "#lib/domain/template.ts";
import { SLO_METRICS } from "#lib/domain/slo.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { WHY_A_PERSON } from "./why-a-person.ts";

/** Every item of the checklist with what settles it. */
export function checklistTable(): string {
  const { phases, targets, rollback } = PRODUCTION_TEMPLATE;
  const parts = [
    ...phases.map((phase) => ({ title: `${phase.title} (${phase.timing.label})`, sections: phase.sections })),
    { title: "Targets (join pre-deployment when chosen)", sections: Object.values(targets) },
    { title: "Rollback (when triggered)", sections: rollback.sections },
  ];
  return [
    "# The checklist",
    "",
    "All 102 items of `docs/seed/production-deployment-checklist.md`. A critical item is waived by a team lead alone; a conditional one by one click. A checker in the last column ticks the item when it passes, unless it only supports a person's tick; where none has spoken, the item is settled as the column before says. Where no machine settles an item, the document says why.",
    "",
    ...parts.flatMap(({ title, sections }) => [`## ${title}`, "", ...sections.flatMap(sectionTable)]),
  ].join("\n");
}

function sectionTable({ title, items }: SectionTemplate): readonly string[] {
  return [
    `### ${title}`,
    "",
    "| item | key | marks | settled by | checkers | why a person |",
    "| --- | --- | --- | --- | --- | --- |",
    ...items.map(row),
    "",
  ];
}

function row(item: ItemTemplate): string {
  const marks = [item.critical && "critical", item.conditional && "conditional"].filter(Boolean).join(", ");
  return `| ${item.title} | \`${item.key}\` | ${marks} | ${settledBy(item)} | ${checkersOf(item)} | ${whyAPerson(item)} |`;
}

function whyAPerson({ key, checks = [] }: ItemTemplate): string {
  if (checks.some(({ weight }) => weight === "settles")) return "";
  const why = WHY_A_PERSON[key];
  if (why === undefined) throw new Error(`say in why-a-person.ts why no machine settles "${key}"`);
  return why;
}

function checkersOf({ checks = [] }: ItemTemplate): string {
  return checks
    .map(({ checker, weight, labels = [] }) => {
      const kind = findChecker(checker)?.kind === "live" ? "live" : "report";
      const notes = [kind, ...(weight === "supports" ? ["supports"] : []), ...labels];
      return `\`${checker}\` (${notes.join(", ")})`;
    })
    .join(", ");
}

function settledBy({ requirement }: ItemTemplate): string {
  switch (requirement?.kind) {
    case undefined:
      return "a person";
    case "measurement":
      return `measured: ${requirement.title} at least ${requirement.atLeast} ${requirement.unit}`;
    case "slo":
      return `measured against the SLO: ${requirement.metrics.map((metric) => SLO_METRICS[metric].title).join(", ")}`;
    case "rotation":
      return `dates: ${requirement.classes.map(({ title, maxAgeDays }) => `${title} ${maxAgeDays} d`).join(", ")}`;
    case "fresh-time":
      return `a time no older than ${requirement.maxAgeMinutes} minutes when the gate is asked`;
    case "wait":
      return `a wait of ${requirement.minutes} minutes since ${requirement.since === "t-0" ? "T-0" : "the items before it"}`;
    case "proof":
      return `a link or note that shows ${requirement.title}`;
  }
}
