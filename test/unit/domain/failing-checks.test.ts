import { expect, test } from "vitest";
import { addEvidence, checkItem, overruleVerdict, waiveItem } from "#lib/domain/checklist-items.ts";
import { findItem } from "#lib/domain/checklist.ts";
import { checkEvidence } from "#lib/domain/check-uses.ts";
import { failingChecks, wouldClose } from "#lib/domain/failing-checks.ts";
import { completePhase } from "#lib/domain/phases.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const ITEM = "load-balancers";
const FAILS = { itemKey: ITEM, checker: "http-health", verdict: "fail", summary: "503" } as const;
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
  expect(failingChecks(record.deployment, "deployment", [{ ...FAILS, verdict: "unknown" }])).toEqual([]);
  expect(failingChecks(record.deployment, "follow-up", [FAILS])).toHaveLength(0);
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
