import { expect, test } from "vitest";
import { findItem, itemsOf } from "#lib/domain/checklist.ts";
import { addEvidence, checkItem, overruleVerdict } from "#lib/domain/checklist-items.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { judgeItem } from "#lib/domain/requirements.ts";
import { DAY, laterBy, MINUTE } from "#lib/domain/time.ts";
import { viewPhase } from "#lib/queries/view-phase.ts";
import { CAST } from "#test/support/people.ts";
import { checked, TestRecord } from "#test/support/records.ts";

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

const SHOWN = ["error-rates-normal", "latency-within-slo", "no-critical-alerts"];

/** Up to the second sign-off, with all settled that the first T-0 asked for; three days after it. */
function toSecondGate(): TestRecord {
  const record = new TestRecord().toDeployment();
  record.complete("deployment");
  record.wait(31);
  record.settleAll("post-deployment");
  record.do(lead, reopenPhase("final-checks", "The release was bad; once more."));
  record.wait((3 * DAY) / MINUTE);
  record.complete("final-checks");
  record.signAll();
  return record;
}

test("what was measured and shown after one T-0 meets nothing after the next", () => {
  const record = toSecondGate();
  record.do(engineer, startPhase("deployment"));
  record.complete("deployment");
  record.wait(31);
  for (const key of SHOWN) expect.soft(record.try(engineer, checkItem(key)), key).toBe("requirement-unmet");
  record.complete("post-deployment");
  expect(record.deployment.phases["post-deployment"]?.completed).not.toBeNull();
});

test("the page keeps it in sight, and says that it counts no more", () => {
  const record = toSecondGate();
  record.do(engineer, startPhase("deployment"));
  record.complete("deployment");
  record.wait(31);
  record.settleAll("post-deployment");
  const shown = record.deployment.checklist.phases
    .flatMap((phase) => viewPhase(record.deployment, phase, engineer, record.now, () => [], []).sections)
    .flatMap(({ items }) =>
      items.filter(({ key }) => key === "error-rates-normal" || key === "test-coverage"),
    )
    .map(({ key, evidence }) => [key, evidence.map(({ counts }) => counts)]);
  expect(shown).toEqual([
    ["test-coverage", [true]],
    ["error-rates-normal", [true, false]],
  ]);
});

test("nothing is met by what a machine said before the T-0 that stands, or a lead said of it", () => {
  const record = new TestRecord().toDeployment();
  const fails = checked("prometheus-slo", { verdict: "fail", values: { errorRatePercent: 9 } });
  record.complete("deployment");
  record.do(
    engineer,
    addEvidence("error-rates-normal", "failed", fails),
    addEvidence("latency-within-slo", "passed", checked("prometheus-slo")),
  );
  record.do(lead, overruleVerdict("failed", "Known."));
  record.do(lead, reopenPhase("final-checks", "Once more."));
  record.wait(1);
  record.do(engineer, completePhase("final-checks"));
  record.signAll();
  record.do(engineer, startPhase("deployment"));
  record.complete("deployment");
  for (const key of ["error-rates-normal", "latency-within-slo"])
    expect.soft(record.try(engineer, checkItem(key)), key).toBe("requirement-unmet");
  expect(record.try(lead, overruleVerdict("failed", "Known."))).toBeNull();
  record.do(engineer, addEvidence("error-rates-normal", "again", fails));
  expect(record.try(engineer, checkItem("error-rates-normal"))).toBe("requirement-unmet");
});

test("a tick that begins the second T-0 is judged as after it", () => {
  const record = toSecondGate();
  const { checklist } = record.deployment;
  const judged = checklist.phases.flatMap(itemsOf).filter(({ item }) => SHOWN.includes(item.key));
  expect(judged.map(({ item }) => judgeItem(record.deployment, item, record.now)?.verdict)).toEqual([
    "missing",
    "missing",
    "missing",
  ]);
  const wait = findItem(checklist, "health-checks-green");
  expect(wait && judgeItem(record.deployment, wait.item, record.now)?.verdict).toBe("missing");
});

function atCloseOut(): TestRecord {
  const record = new TestRecord({ place: "close-out" });
  const old = new Date(Date.parse(record.now) - 29 * DAY).toISOString().slice(0, 10);
  const rotatedOn = { ssh: old, ci: old, database: old, api: old };
  for (const { item } of record.deployment.checklist.phases.slice(0, 1).flatMap(itemsOf))
    if (item.key !== "secrets-rotated") record.settle(item);
  record.do(
    engineer,
    addEvidence("secrets-rotated", "rotations", { kind: "rotation", rotatedOn }),
    checkItem("secrets-rotated"),
    completePhase("pre-deployment"),
  );
  return record;
}

test("a requirement before T-0 that fails by now keeps the first T-0 from beginning, and the second", () => {
  const first = atCloseOut();
  first.wait((5 * DAY) / MINUTE);
  first.settleAll("final-checks");
  expect(first.try(engineer, completePhase("final-checks"))).toBe("gate-closed");
  const second = atCloseOut();
  second.complete("final-checks");
  second.complete("deployment");
  second.do(lead, reopenPhase("final-checks", "Once more."));
  second.wait((5 * DAY) / MINUTE);
  second.settleAll("final-checks");
  expect(second.refusal(engineer, completePhase("final-checks"))).toMatchObject({
    code: "gate-closed",
    blockers: [{ code: "requirement-failed", item: "secrets-rotated" }],
  });
});

test("what went stale before a second T-0 blocks it as it blocks the first", () => {
  const record = toSecondGate();
  const validUntil = laterBy(record.now, 5 * MINUTE);
  record.do(lead, reopenPhase("pre-deployment", "A look more."));
  record.do(engineer, addEvidence("dns-records", "look", checked("dns-records", { validUntil })));
  record.do(engineer, completePhase("pre-deployment"));
  record.wait(10);
  record.complete("final-checks");
  const blockers = gateBlockers(record.deployment, "deployment", record.now, []);
  expect(blockers.map(({ code }) => code)).toContain("requirement-stale");
});
