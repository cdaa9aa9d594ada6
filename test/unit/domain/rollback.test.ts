import { describe, expect, test } from "vitest";
import { completePhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const newest = ({ events }: TestRecord) => events.at(-1);

function rolledBack(): TestRecord {
  const record = new TestRecord().toDeployment();
  record.do(engineer, triggerRollback("502s"));
  record.settleAll("rollback");
  record.do(engineer, completePhase("rollback"));
  return record;
}

describe("rule 7: a rollback", () => {
  test("tells of its reason and of the phase that it freezes", () => {
    const record = new TestRecord().toDeployment();
    record.do(engineer, triggerRollback("502s"));
    expect(newest(record)).toMatchObject({
      type: "rollback.triggered",
      data: { reason: "502s", frozenPhase: "deployment" },
    });
  });

  test("freezes nothing where every phase is complete and signatures are awaited", () => {
    const record = new TestRecord({ place: "close-out" });
    for (const { key } of record.deployment.checklist.phases) record.complete(key);
    record.do(engineer, triggerRollback("502s"));
    expect(newest(record)).toMatchObject({ data: { frozenPhase: null } });
  });

  test("is triggered once, and by nothing before T-0 or after the end", () => {
    const early = new TestRecord();
    expect(early.refusal(engineer, triggerRollback("502s"))).toEqual({
      code: "rollback-not-possible",
      message: "Nothing has been deployed before T-0; cancel the deployment instead",
    });
    const record = new TestRecord().toDeployment();
    record.do(engineer, triggerRollback("502s"));
    const { length } = record.events;
    record.do(engineer, triggerRollback("504s"));
    expect(record.events).toHaveLength(length);
    expect(rolledBack().refusal(engineer, triggerRollback("502s")).code).toBe("deployment-ended");
  });
});

describe("rule 7: a cancellation", () => {
  test("tells of its reason, and comes once", () => {
    const record = new TestRecord();
    record.do(lead, cancelDeployment("Another day"));
    expect(newest(record)).toMatchObject({ type: "deployment.cancelled", data: { reason: "Another day" } });
    const { length } = record.events;
    record.do(lead, cancelDeployment("Never"));
    expect(record.events).toHaveLength(length);
  });

  test("comes before T-0, and not after another end", () => {
    expect(new TestRecord().toDeployment().refusal(lead, cancelDeployment("Another day"))).toEqual({
      code: "cancellation-not-possible",
      message: "The deployment has begun (T-0); roll it back instead",
    });
    expect(rolledBack().refusal(lead, cancelDeployment("Another day")).code).toBe("deployment-ended");
  });
});
