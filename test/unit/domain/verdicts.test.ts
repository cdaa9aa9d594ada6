import { expect, test } from "vitest";
import { findItem } from "#lib/domain/checklist.ts";
import {
  addEvidence,
  addVerdict,
  checkItem,
  clearItem,
  overruleVerdict,
} from "#lib/domain/checklist-items.ts";
import type { CheckEvidence } from "#lib/domain/evidence.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { isSettledByMachine, judgeVerdicts, speaksAgainst, standingVerdicts } from "#lib/domain/verdicts.ts";
import { CAST } from "#test/support/people.ts";
import { checked, START, TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const TESTS = "tests-passing";
const LATER = laterBy(START, HOUR);
const verdict = (checker: string, more: Partial<CheckEvidence> = {}) =>
  checked(checker, { title: checker.toUpperCase(), ...more });
const itemOf = (record: TestRecord, key: string): ItemTemplate => {
  const place = findItem(record.deployment.checklist, key);
  if (place === undefined) throw new Error(`no item ${key}`);
  return place.item;
};
const judged = (record: TestRecord, key: string, now = record.now) =>
  judgeVerdicts(record.deployment, itemOf(record, key), now);
let given = 0;
const give = (record: TestRecord, key: string, content: CheckEvidence) => {
  given += 1;
  record.do(engineer, addEvidence(key, `given-${given}`, content));
  return `given-${given}`;
};
const junit = (record: TestRecord, label: string, more: Partial<CheckEvidence> = {}) =>
  give(record, TESTS, verdict("junit", { label, ...more }));

test("of several reports each has to come, and the ones that lack are named", () => {
  const record = new TestRecord();
  expect(judged(record, TESTS)).toBeNull();
  junit(record, "integration");
  const lacking = (labels: string) => ({ verdict: "missing", message: `Needs the report of: ${labels}` });
  expect(judged(record, TESTS)).toEqual(lacking("unit, e2e"));
  expect(record.refusal(engineer, checkItem(TESTS))).toMatchObject({ code: "requirement-unmet" });
  junit(record, "unit");
  expect(judged(record, TESTS)).toEqual(lacking("e2e"));
  junit(record, "e2e");
  expect(judged(record, TESTS)).toEqual({
    verdict: "met",
    message: "JUNIT (integration): Fine.; JUNIT (unit): Fine.; JUNIT (e2e): Fine.",
    validUntil: null,
    due: false,
  });
});

test("the newest of each label counts, the worst of them decides, and the first to end ends the pass", () => {
  const record = new TestRecord();
  for (const label of ["unit", "integration", "e2e"]) junit(record, label);
  junit(record, "e2e", { verdict: "unknown", summary: "Cut off." });
  expect(judged(record, TESTS)).toEqual({ verdict: "unknown", message: "JUNIT (e2e): Cut off." });
  junit(record, "unit", { verdict: "fail", summary: "3 fail." });
  expect(judged(record, TESTS)).toEqual({ verdict: "failed", message: "JUNIT (unit): 3 fail." });
  junit(record, "unit", { validUntil: laterBy(LATER, 1) });
  junit(record, "e2e", { validUntil: LATER });
  expect(judged(record, TESTS)).toMatchObject({ verdict: "met", validUntil: LATER });
  expect(judged(record, TESTS, LATER)).toEqual({
    verdict: "stale",
    message: "JUNIT passed too long ago; check again",
  });
});

test("evidence of another kind, of another item or by another checker says nothing of it", () => {
  const record = new TestRecord();
  record.do(engineer, addEvidence(TESTS, "note", { kind: "note", text: "Seen." }));
  give(record, "migrations-tested", verdict("junit"));
  expect(standingVerdicts(record.deployment, itemOf(record, TESTS))).toEqual([]);
  expect(isSettledByMachine(record.deployment, itemOf(record, TESTS))).toBe(false);
});

test("only a machine that may tick has settled an item, and only by a pass", () => {
  const record = new TestRecord();
  const settled = (key: string) => isSettledByMachine(record.deployment, itemOf(record, key));
  give(record, "migrations-tested", verdict("junit"));
  expect(settled("migrations-tested"), "it stands beside a person's tick").toBe(false);
  junit(record, "unit", { verdict: "fail" });
  expect(settled(TESTS)).toBe(false);
  junit(record, "unit");
  expect(settled(TESTS)).toBe(true);
});

test("what speaks against an item: no pass, or one that is over, unless it was overruled", () => {
  const record = new TestRecord();
  const id = junit(record, "unit", { verdict: "fail" });
  junit(record, "e2e", { validUntil: LATER });
  junit(record, "integration");
  const against = (now: string) =>
    standingVerdicts(record.deployment, itemOf(record, TESTS))
      .filter((standing) => speaksAgainst(standing, now))
      .map(({ check }) => check.label);
  expect(against(START)).toEqual(["unit"]);
  expect(against(LATER)).toEqual(["unit", "e2e"]);
  record.do(lead, overruleVerdict(id, "Flaky."));
  expect(against(LATER)).toEqual(["e2e"]);
  expect(judged(record, TESTS)?.message).toContain("JUNIT (unit) overruled by Lena: Flaky.");
});

test("a verdict ticks what it settles, once: told again, it leaves what a person took back", () => {
  const record = new TestRecord();
  const coverage = verdict("lcov", { values: { coverage: 91 } });
  const tell = () => record.do(engineer, ...addVerdict(record.deployment, "test-coverage", "v", coverage));
  tell();
  expect(record.deployment.items["test-coverage"]?.status).toBe("done");
  record.do(engineer, clearItem("test-coverage"));
  record.do(engineer, addEvidence("cdn", "another", { kind: "note", text: "Seen." }));
  tell();
  expect(record.deployment.items["test-coverage"]).toBeUndefined();
});

test("a pass with a figure that does not reach the item's own bound ticks nothing", () => {
  const record = new TestRecord();
  const coverage = verdict("lcov", { values: { coverage: 12 } });
  record.do(engineer, ...addVerdict(record.deployment, "test-coverage", "v", coverage));
  expect(record.deployment.evidence).toHaveLength(1);
  expect(record.deployment.items["test-coverage"]).toBeUndefined();
});
