import { describe, expect, test } from "vitest";
import { itemsOf } from "#lib/domain/checklist.ts";
import { checkItem } from "#lib/domain/checklist-items.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { CAST } from "#test/support/people.ts";
import { breakGlass, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre } = CAST;
const deploying = () => new TestRecord().toDeployment();
const rollingBack = () => {
  const record = deploying();
  record.do(engineer, triggerRollback("Errors."));
  return record;
};
const typesSince = (record: TestRecord, count: number) => record.events.slice(count).map(({ type }) => type);

describe("what is so already changes nothing", () => {
  test("a phase that has begun, one that is complete, and a rollback that is over", () => {
    const record = deploying();
    const begun = record.deployment;
    record.do(engineer, startPhase("deployment"));
    record.do(engineer, completePhase("final-checks"));
    expect(record.deployment).toBe(begun);
    record.do(engineer, triggerRollback("Errors."));
    record.complete("rollback");
    const ended = record.deployment;
    record.do(engineer, completePhase("rollback"));
    expect(record.deployment).toBe(ended);
    expect(ended.ended).toEqual({
      outcome: "rolled-back",
      reason: "Errors.",
      at: record.now,
      by: { id: engineer.id, name: "Emil" },
    });
  });
});

describe("nothing goes on while the record stands still", () => {
  test.each([
    ["a phase is completed", completePhase("deployment")],
    ["a phase is reopened", reopenPhase("final-checks", "Once more.")],
    ["a phase begins", startPhase("post-deployment")],
  ])("%s neither in a rollback nor after the end", (_what, decide) => {
    const record = rollingBack();
    expect(record.refusal(lead, decide)).toEqual({
      code: "rollback-running",
      message: "A rollback is running; the other phases are frozen",
    });
    record.complete("rollback");
    expect(record.refusal(lead, decide)).toEqual({
      code: "deployment-ended",
      message: "The deployment is rolled back; nothing changes any more",
    });
  });

  test("a rollback list is not completed on a record that was cancelled", () => {
    const record = new TestRecord();
    record.do(lead, cancelDeployment("Another day."));
    expect(record.try(engineer, completePhase("rollback"))).toBe("deployment-ended");
  });
});

describe("what is left to settle is told, line by line", () => {
  test("of a phase", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    const [phase] = record.deployment.checklist.phases.filter(({ key }) => key === "final-checks");
    const items = phase === undefined ? [] : itemsOf(phase).map(({ item }) => item);
    const lines = (count: number) =>
      items.slice(-count).map(({ key, title }) => ({
        code: "item-open",
        message: `“${title}” is open`,
        item: key,
        phase: "final-checks",
      }));
    for (const item of items.slice(0, -2)) record.settle(item);
    expect(record.refusal(engineer, completePhase("final-checks"))).toEqual({
      code: "phase-incomplete",
      message: "Final checks is not complete: 2 lines to settle",
      blockers: lines(2),
    });
    for (const item of items.slice(-2, -1)) record.settle(item);
    expect(record.refusal(engineer, completePhase("final-checks"))).toEqual({
      code: "phase-incomplete",
      message: "Final checks is not complete: 1 line to settle",
      blockers: lines(1),
    });
  });

  test("of a rollback", () => {
    const record = rollingBack();
    expect(record.refusal(engineer, completePhase("rollback"))).toMatchObject({
      code: "phase-incomplete",
      blockers: expect.arrayContaining([expect.objectContaining({ phase: "rollback", code: "item-open" })]),
    });
  });
});

describe("a reopened phase", () => {
  test("voids the approvals that were given after it, and names the phase", () => {
    const record = new TestRecord().toSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.do(lead, reopenPhase("final-checks", "Once more."));
    expect(record.events.at(-1)).toMatchObject({
      type: "sign-off.voided",
      data: { round: 1, cause: "Final checks was reopened." },
    });
    expect(record.deployment.signOffRound).toBe(2);
  });

  test("voids them at close-out too, whichever phase it is", () => {
    const record = new TestRecord({ place: "close-out" });
    for (const { key } of record.deployment.checklist.phases) record.complete(key);
    record.sign(engineeringLead, "engineering-lead");
    record.do(lead, reopenPhase("follow-up", "Once more."));
    expect(record.events.at(-1)).toMatchObject({ data: { cause: "Follow-up was reopened." } });
  });

  test("voids nothing where nobody has approved", () => {
    const record = new TestRecord().toSignOff();
    const before = record.events.length;
    record.do(lead, reopenPhase("final-checks", "Once more."));
    expect(typesSince(record, before)).toEqual(["phase.reopened"]);
  });

  test("keeps its beginning, and is open again", () => {
    const record = new TestRecord();
    record.wait(5);
    record.complete("pre-deployment");
    const { started } = record.deployment.phases["final-checks"] ?? {};
    record.wait(5);
    record.complete("final-checks");
    record.wait(5);
    record.do(lead, reopenPhase("final-checks", "Once more."));
    expect(record.deployment.phases["final-checks"]).toEqual({ started, completed: null });
    expect(started?.at).not.toBe(record.now);
  });
});

describe("the beginning of the next phase", () => {
  const closeOut = () => {
    const record = new TestRecord({ place: "close-out" });
    record.complete("pre-deployment");
    record.complete("final-checks");
    record.do(engineer, checkItem("run-migrations"));
    record.do(lead, reopenPhase("final-checks", "Once more."));
    return record;
  };

  test("at T-0 for the second time is under a freeze as well", () => {
    const record = closeOut();
    const endsAt = laterBy(record.now, 30 * MINUTE);
    record.freezes = [{ id: "f", environment: null, startsAt: record.now, endsAt, reason: "Christmas" }];
    expect(record.try(engineer, completePhase("final-checks"))).toBe("gate-closed");
    record.now = endsAt;
    expect(record.try(engineer, completePhase("final-checks"))).toBeNull();
  });

  test("under broken glass leaves the phase before it only if that is not complete", () => {
    const record = new TestRecord().toSignOff();
    breakGlass(record, "deployment", sre, "devops-sre");
    const before = record.events.length;
    record.do(engineer, startPhase("deployment"));
    expect(typesSince(record, before)).toEqual(["phase.started"]);
  });

  test("carries no word of broken glass where all that it lifted was mended in time", () => {
    const record = new TestRecord().toSignOff();
    breakGlass(record, "deployment", sre, "devops-sre");
    record.signAll();
    record.do(engineer, startPhase("deployment"));
    expect(record.events.slice(-2)).toMatchObject([
      { type: "phase.started", data: { phase: "deployment", title: "Deployment", atT0: true } },
      { type: "break-glass.lapsed", data: { cause: "The record moved to another phase." } },
    ]);
    expect(record.events.at(-2)?.data).not.toHaveProperty("request");
  });
});

test("a locked phase says which one comes first", () => {
  const locked = { code: "phase-locked", message: "Complete Pre-deployment before Deployment" };
  expect(new TestRecord().refusal(engineer, completePhase("deployment"))).toEqual(locked);
  expect(new TestRecord().refusal(engineer, checkItem("run-migrations"))).toEqual(locked);
});
