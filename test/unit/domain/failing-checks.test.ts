import { expect, test } from "vitest";
import { addEvidence, checkItem, overruleVerdict, waiveItem } from "#lib/domain/checklist-items.ts";
import { findItem } from "#lib/domain/checklist.ts";
import { checkEvidence } from "#lib/domain/check-uses.ts";
import { completedBefore, failingChecks, wouldClose, type SeenRun } from "#lib/domain/failing-checks.ts";
import { completePhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { CAST } from "#test/support/people.ts";
import { breakGlass, checked, TestRecord } from "#test/support/records.ts";

const ITEM = "load-balancers";
const FAILS = {
  itemKey: ITEM,
  checker: "http-health",
  verdict: "fail",
  summary: "503",
  failingSince: "2026-11-24T08:00:00.000Z",
  addressChangedAt: null,
} as const;
const closedBy = ({ deployment }: TestRecord) => failingChecks(deployment, "deployment", [FAILS]);

test("a check of a completed phase closes the gates that judge it while it fails", () => {
  const record = new TestRecord();
  expect(closedBy(record)).toEqual([]);
  record.complete("pre-deployment");
  expect(closedBy(record)).toEqual([
    {
      code: "check-failed",
      message: "“Load balancers health-checked” fails now: 503",
      item: ITEM,
      phase: "pre-deployment",
      grounds: ["http-health"],
    },
  ]);
  expect(
    failingChecks(record.deployment, "deployment", [{ ...FAILS, verdict: "unknown", failingSince: null }]),
  ).toEqual([]);
  expect(failingChecks(record.deployment, "follow-up", [FAILS])).toHaveLength(0);
});

test("a failure stands through looks that tell nothing, and through another address or none", () => {
  const record = new TestRecord();
  record.complete("pre-deployment");
  const words = (run: Partial<SeenRun>) =>
    failingChecks(record.deployment, "deployment", [{ ...FAILS, ...run }]).map(({ message }) => message);
  expect(words({ verdict: "unknown", summary: "no answer" })).toEqual([
    "“Load balancers health-checked” failed, and has not passed since: no answer",
  ]);
  expect(words({ addressChangedAt: "2026-11-24T09:00:00.000Z" })).toEqual([
    "“Load balancers health-checked” failed, and its address was changed or taken away since: 503",
  ]);
});

test("it does not when the item is not applicable, nor when a lead overruled the check", () => {
  const waived = new TestRecord();
  waived.settleAll("pre-deployment");
  waived.do(CAST.engineer, waiveItem(ITEM, "None here.", true));
  waived.do(CAST.engineer, completePhase("pre-deployment"));
  expect(closedBy(waived)).toEqual([]);
  const overruled = new TestRecord();
  const use = findItem(overruled.deployment.checklist, ITEM)?.item.checks?.find(
    ({ checker }) => checker === FAILS.checker,
  );
  if (use === undefined) throw new Error("the template has no such check");
  const result = { verdict: "fail" as const, summary: "503", findings: [], values: {} };
  const content = checkEvidence(use, "Health checks", null, result, null, overruled.now);
  overruled.settleAll("pre-deployment");
  overruled.do(CAST.engineer, addEvidence(ITEM, "e", content));
  overruled.do(CAST.lead, overruleVerdict("e", "It moves tonight."));
  overruled.do(CAST.engineer, checkItem(ITEM), completePhase("pre-deployment"));
  expect(closedBy(overruled)).toEqual([]);
  expect(wouldClose(overruled.deployment, { ...FAILS, checker: "tls-certificate" })).toBe(true);
});

test("a check whose newest verdict nobody overruled closes the gate", () => {
  const record = new TestRecord();
  record.settleAll("pre-deployment");
  record.do(CAST.engineer, addEvidence(ITEM, "e", checked(FAILS.checker)), checkItem(ITEM));
  record.do(CAST.engineer, completePhase("pre-deployment"));
  expect(wouldClose(record.deployment, FAILS)).toBe(true);
});

test("an item of an open phase, or of none, closes nothing", () => {
  const record = new TestRecord();
  expect(wouldClose(record.deployment, FAILS)).toBe(false);
  record.complete("pre-deployment");
  const unknown = { ...FAILS, itemKey: "no-such-item" };
  expect(wouldClose(record.deployment, unknown)).toBe(false);
  expect(failingChecks(record.deployment, "deployment", [unknown])).toEqual([]);
});

test("an item that was open when its phase was left closes the gates behind it", () => {
  const record = new TestRecord();
  breakGlass(record, "final-checks", CAST.sre, "devops-sre");
  record.do(CAST.engineer, startPhase("final-checks"));
  expect(record.deployment.items[ITEM]).toBeUndefined();
  expect(wouldClose(record.deployment, FAILS)).toBe(true);
});

test("only completed phases are judged", () => {
  const record = new TestRecord();
  const keys = () => completedBefore(record.deployment, "deployment").map(({ key }) => key);
  expect(keys()).toEqual([]);
  record.complete("pre-deployment");
  expect(keys()).toEqual(["pre-deployment"]);
});

test("nothing closes the gates of a record that rolls back, or has ended", () => {
  const cancelled = new TestRecord();
  cancelled.complete("pre-deployment");
  cancelled.do(CAST.lead, cancelDeployment("Another day"));
  expect(closedBy(cancelled)).toEqual([]);
  const rollingBack = new TestRecord().toDeployment();
  rollingBack.complete("deployment");
  const fails = { ...FAILS, itemKey: "verify-health-checks" };
  const closed = () => failingChecks(rollingBack.deployment, "post-deployment", [fails]);
  expect(closed()).toHaveLength(1);
  rollingBack.do(CAST.engineer, triggerRollback("502s"));
  expect(closed()).toEqual([]);
});
