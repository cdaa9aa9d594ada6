import { expect, test } from "vitest";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;

function settledFromT0({ deployment }: TestRecord): number {
  const { phases } = deployment.checklist;
  const t0 = phases.findIndex(({ timing }) => timing.startsAtT0);
  const items = phases.slice(t0).flatMap(({ sections }) => sections.flatMap((section) => section.items));
  return items.filter(({ key }) => deployment.items[key] !== undefined).length;
}

test("what was ticked after one T-0 is asked again after the next", () => {
  const record = new TestRecord().toDeployment();
  record.settleAll("deployment");
  record.wait(1);
  record.do(engineer, completePhase("deployment"));
  const before = settledFromT0(record);
  record.wait(1);
  record.do(lead, reopenPhase("final-checks", "Again."));
  expect(before).toBeGreaterThan(0);
  expect(settledFromT0(record)).toBe(0);
  record.do(engineer, completePhase("final-checks"));
  record.signAll();
  expect(record.try(engineer, completePhase("deployment"))).toBe("phase-incomplete");
  record.do(engineer, startPhase("deployment"));
  expect(record.try(engineer, completePhase("deployment"))).toBe("phase-incomplete");
  record.complete("deployment");
  expect(record.deployment.phases["deployment"]?.completed).not.toBeNull();
});

test("a phase from T-0 on that is reopened keeps its ticks: its T-0 is the same", () => {
  const record = new TestRecord().toDeployment();
  record.complete("deployment");
  const before = settledFromT0(record);
  record.do(lead, reopenPhase("deployment", "One line more."));
  expect(settledFromT0(record)).toBe(before);
  record.do(engineer, completePhase("deployment"));
  expect(record.deployment.phases["post-deployment"]?.started).not.toBeNull();
});
