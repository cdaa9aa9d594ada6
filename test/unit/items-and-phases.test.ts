import { describe, expect, test } from "vitest";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { completePhase, startPhase } from "#lib/domain/phases.ts";
import { statusOf } from "#lib/domain/status.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;

describe("rule 1: one phase at a time", () => {
  test("an item of a later phase is locked", () => {
    expect(new TestRecord().try(engineer, checkItem("staging-matches"))).toBe("phase-locked");
  });

  test("a phase with open items is not completed, and says which", () => {
    const record = new TestRecord();
    expect(record.try(engineer, completePhase("pre-deployment"))).toBe("phase-incomplete");
    expect(
      gateBlockers(record.deployment, "final-checks", record.now, record.freezes).map(({ code }) => code),
    ).toContain("item-open");
  });

  test("no phase is skipped", () => {
    expect(new TestRecord().try(engineer, completePhase("final-checks"))).toBe("phase-locked");
  });

  test("items of a completed phase stand", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    expect(record.try(engineer, clearItem("mtls-enabled"))).toBe("phase-completed");
    expect(record.try(engineer, addEvidence("mtls-enabled", "e", { kind: "note", text: "late" }))).toBe(
      "phase-completed",
    );
  });

  test("a second tick changes nothing", () => {
    const record = new TestRecord();
    record.do(engineer, checkItem("mtls-enabled"));
    const before = record.deployment;
    record.do(lead, checkItem("mtls-enabled"));
    expect(record.deployment).toBe(before);
  });

  test("completing the last phase completes the deployment", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    for (const phase of ["deployment", "post-deployment", "follow-up"]) record.complete(phase);
    expect(statusOf(record.deployment)).toBe("completed");
    expect(record.try(engineer, checkItem("mtls-enabled"))).toBe("deployment-ended");
  });
});

describe("not applicable", () => {
  test.each([
    ["a conditional item needs no reason", "postmortem", null, false, "phase-locked"],
    ["any other needs a reason", "mtls-enabled", null, false, "reason-required"],
    ["a reason does", "mtls-enabled", "one service only", false, null],
    ["a critical one needs a team lead", "tests-passing", "because", false, "forbidden"],
    ["a team lead may", "tests-passing", "because", true, null],
    ["a team lead needs a reason too", "tests-passing", null, true, "reason-required"],
  ])("%s", (_title, item, reason, mayWaiveCritical, expected) => {
    expect(new TestRecord().try(engineer, waiveItem(item, reason, mayWaiveCritical))).toBe(expected);
  });
});

describe("requirements", () => {
  test("a tick needs its requirement met", () => {
    const record = new TestRecord();
    expect(record.try(engineer, checkItem("test-coverage"))).toBe("requirement-unmet");
    record.do(
      engineer,
      addEvidence("test-coverage", "e1", { kind: "measurement", values: { coverage: 79.9 } }),
    );
    expect(record.try(engineer, checkItem("test-coverage"))).toBe("requirement-unmet");
    record.do(
      engineer,
      addEvidence("test-coverage", "e2", { kind: "measurement", values: { coverage: 80 } }),
    );
    expect(record.try(engineer, checkItem("test-coverage"))).toBeNull();
  });

  test("newer evidence that fails blocks a phase whose item is ticked already", () => {
    const record = new TestRecord();
    record.settleAll("pre-deployment");
    record.do(
      engineer,
      addEvidence("test-coverage", "worse", { kind: "measurement", values: { coverage: 12 } }),
    );
    expect(record.try(engineer, completePhase("pre-deployment"))).toBe("phase-incomplete");
  });

  test("SLO targets are strict bounds", () => {
    const record = new TestRecord();
    const measure = (p95: number) => ({
      kind: "measurement" as const,
      values: { apiLatencyP95Ms: p95, apiLatencyP99Ms: 900, errorRatePercent: 0.05 },
    });
    record.do(engineer, addEvidence("performance-testing", "at", measure(500)));
    expect(record.try(engineer, checkItem("performance-testing"))).toBe("requirement-unmet");
    record.do(engineer, addEvidence("performance-testing", "below", measure(499.9)));
    expect(record.try(engineer, checkItem("performance-testing"))).toBeNull();
  });

  test.each([
    ["ssh", 90, null],
    ["ssh", 91, "requirement-unmet"],
    ["ci", 30, null],
    ["ci", 31, "requirement-unmet"],
    ["database", 31, "requirement-unmet"],
  ])("a rotation of %s %i days ago: %s", (secretClass, days, expected) => {
    const record = new TestRecord();
    const on = (ago: number) =>
      new Date(Date.parse(record.now) - ago * 86_400_000).toISOString().slice(0, 10);
    const rotatedOn = { ssh: on(1), ci: on(1), database: on(1), api: on(1), [secretClass]: on(days) };
    record.do(engineer, addEvidence("secrets-rotated", "dates", { kind: "rotation", rotatedOn }));
    expect(record.try(engineer, checkItem("secrets-rotated"))).toBe(expected);
  });

  test("the backup goes stale by itself, at the gate too", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    expect(gateBlockers(record.deployment, "deployment", record.now, record.freezes)).toEqual([]);
    record.wait(60);
    expect(
      gateBlockers(record.deployment, "deployment", record.now, record.freezes).map(({ code, item }) => [
        code,
        item,
      ]),
    ).toEqual([["requirement-stale", "database-backup"]]);
    expect(record.try(engineer, startPhase("deployment"))).toBe("gate-closed");
  });

  test("what was fresh at T-0 does not block later gates", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.complete("deployment");
    record.wait(600);
    record.complete("post-deployment");
    expect(gateBlockers(record.deployment, "follow-up", record.now, record.freezes)).toEqual([]);
  });

  test("thirty green minutes count from T-0", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.complete("deployment");
    expect(record.try(engineer, checkItem("health-checks-green"))).toBe("requirement-unmet");
    record.wait(29);
    expect(record.try(engineer, checkItem("health-checks-green"))).toBe("requirement-unmet");
    record.wait(1);
    expect(record.try(engineer, checkItem("health-checks-green"))).toBeNull();
  });

  test("evidence from the future, or of another kind, is refused", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    const future = { kind: "time" as const, at: "2027-01-01T00:00:00.000Z" };
    expect(record.try(engineer, addEvidence("database-backup", "e", future))).toBe("invalid-input");
    expect(record.try(engineer, addEvidence("on-call-briefed", "e", { ...future, at: record.now }))).toBe(
      "invalid-input",
    );
  });
});
