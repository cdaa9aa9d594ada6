import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { downtimeMinutesPerMonth } from "#lib/domain/slo.ts";
import type { Requirement, SectionTemplate } from "#lib/domain/template.ts";
import { templateInWords } from "./template-in-words.ts";

const seed = readFileSync("docs/seed/production-deployment-checklist.md", "utf8");
const { phases, rollback, targets, signOff, sloTargets } = PRODUCTION_TEMPLATE;

test("every item of the document stands in the template, word for word, in its section and order", () => {
  expect(templateSections()).toEqual(documentSections());
});

test("there are 102 items and 4 approvals", () => {
  expect(allSections().flatMap((section) => section.items)).toHaveLength(102);
  expect(signOff.steps).toHaveLength(4);
});

test("the approvals are the document's, in its order", () => {
  const approvals = [...seed.matchAll(/^- \[ \] (.+) approval$/gm)].map((match) => match[1]);
  expect(signOff.steps.map(({ title }) => title)).toEqual(approvals);
});

test("it is the second version of the production template, signed at the go / no-go by default", () => {
  expect(PRODUCTION_TEMPLATE).toMatchObject({ key: "production", version: 2, title: "Production" });
  expect(signOff.defaultPlace).toBe("go-no-go");
  expect(signOff.steps.map(({ role }) => role)).toEqual([
    "engineering-lead",
    "devops-sre",
    "security",
    "product",
  ]);
});

// Said a second time on purpose: outside programs name these keys, and people rely on these limits.
test("everything but the titles is as it was agreed on: keys, marks, requirements, checks and limits", () => {
  const agreed = readFileSync("test/unit/production-template.txt", "utf8").split("\n").filter(Boolean);
  expect(templateInWords(PRODUCTION_TEMPLATE)).toEqual(agreed);
});

test("the numbers that the document writes into items are what these items ask", () => {
  const [dueFromDays, maxAgeDays] = [number(/(\d+)-\d+d DB\/API/), number(/\d+-(\d+)d DB\/API/)];
  expect(requirementOf("secrets-rotated")).toMatchObject({
    classes: [
      { key: "ssh", maxAgeDays: number(/(\d+)d SSH/) },
      { key: "ci", maxAgeDays: number(/(\d+)d CI/) },
      { key: "database", maxAgeDays, dueFromDays },
      { key: "api", maxAgeDays, dueFromDays },
    ],
  });
  expect(requirementOf("test-coverage")).toMatchObject({ atLeast: number(/coverage >= (\d+)%/) });
  expect(requirementOf("database-backup")).toMatchObject({
    maxAgeMinutes: 60 * number(/backup completed < (\d+) hour/),
  });
  expect(requirementOf("health-checks-green")).toMatchObject({
    minutes: number(/green for (\d+)\+ minutes/),
  });
  expect(requirementOf("rollback-monitor")).toMatchObject({ minutes: number(/Monitor for (\d+) minutes/) });
});

test("keys are unique and safe in a path", () => {
  const keys = allSections().flatMap((section) => section.items.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[a-z0-9-]{1,80}$/);
});

test("exactly the items whose words say so are conditional", () => {
  const items = allSections().flatMap((section) => section.items);
  const marked = items.filter(({ conditional }) => conditional).map(({ title }) => title);
  const said = items.filter(({ title }) => /\bif (applicable|issues occurred|needed|changed)\b/.test(title));
  expect(marked).toEqual(said.map(({ title }) => title));
  expect(marked).toHaveLength(4);
});

test("critical marks are few enough to mean something", () => {
  const critical = allSections().flatMap((section) => section.items.filter((item) => item.critical));
  expect(critical.length).toBeGreaterThanOrEqual(15);
  expect(critical.length).toBeLessThanOrEqual(30);
});

test("phases carry the document's timing and exactly one begins at T-0", () => {
  expect(phases.map(({ timing }) => timing.label)).toEqual(["T-7 d", "T-1 h", "T-0", "T+30 min", "24-48 h"]);
  expect(phases.filter(({ timing }) => timing.startsAtT0).map(({ key }) => key)).toEqual(["deployment"]);
});

test("the SLO targets are the document's numbers", () => {
  expect(sloTargets).toEqual({
    availabilityPercent: number(/Target\*\*: ([\d.]+)% uptime/),
    apiLatencyP95Ms: number(/Response Time P95\*\*: < (\d+)ms/),
    apiLatencyP99Ms: number(/Response Time P99\*\*: < (\d+)ms/),
    pageLoadP95Ms: number(/Page Load Time P95\*\*: < (\d+)ms/),
    errorRatePercent: number(/Target\*\*: < ([\d.]+)% error rate/),
    rtoMinutes: 60 * number(/RTO\*\* \(.*\): (\d+) hour/),
    rpoMinutes: number(/RPO\*\* \(.*\): (\d+) minutes/),
  });
  expect(downtimeMinutesPerMonth(sloTargets.availabilityPercent)).toBeCloseTo(
    number(/\(([\d.]+) minutes downtime/),
    1,
  );
});

function number(pattern: RegExp): number {
  return Number(pattern.exec(seed)?.[1]);
}

type Listed = { readonly section: string; readonly items: readonly string[] };

function allSections(): readonly SectionTemplate[] {
  return [...phases.flatMap((phase) => phase.sections), ...rollback.sections, ...Object.values(targets)];
}

function requirementOf(itemKey: string): Requirement | undefined {
  return allSections()
    .flatMap(({ items }) => items)
    .find(({ key }) => key === itemKey)?.requirement;
}

function templateSections(): readonly Listed[] {
  return allSections().map(({ title, items }) => ({
    section: title.toLowerCase(),
    items: items.map((item) => item.title),
  }));
}

// A section is a heading of the third level, or a bold numbered line of the rollback procedure.
function documentSections(): readonly Listed[] {
  const sections: { section: string; items: string[] }[] = [];
  for (const line of seed.split("\n").slice(0, seed.split("\n").indexOf("## SLO/SLA Targets"))) {
    const heading = /^### (.+)$/.exec(line)?.[1] ?? /^\d\. \*\*(.+)\*\*$/.exec(line)?.[1];
    if (heading !== undefined) sections.push({ section: plainTitle(heading), items: [] });
    const item = /^\s*- \[ \] (.+)$/.exec(line)?.[1];
    if (item !== undefined) sections.at(-1)?.items.push(item);
  }
  return sections;
}

// The document writes the time, or the word Deployment, behind some headings.
function plainTitle(heading: string): string {
  return heading
    .trim()
    .replace(/ \(T.*\)$/, "")
    .replace(/^(Fly\.io|AWS ECS|Kubernetes) Deployment$/, "$1")
    .toLowerCase();
}
