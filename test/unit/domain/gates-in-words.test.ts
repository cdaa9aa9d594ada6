import { describe, expect, test } from "vitest";
import { itemsOf } from "#lib/domain/checklist.ts";
import { addEvidence, addVerdict, checkItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { CLOSE_OUT, gateBlockers, phasesJudgedAt, signOffGatePassed } from "#lib/domain/gates.ts";
import { identity, overriddenAt, withoutSkipped } from "#lib/domain/overrides.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { CAST } from "#test/support/people.ts";
import { breakGlass, checked, TestRecord } from "#test/support/records.ts";

const { lead, engineer, sre } = CAST;
const blockers = (record: TestRecord, phase: string) =>
  gateBlockers(record.deployment, phase, record.now, record.freezes);
const codes = (record: TestRecord, phase: string) => blockers(record, phase).map(({ code }) => code);
const missing = ["engineering-lead", "devops-sre", "security", "product"];

describe("a closed gate says what closes it", () => {
  test("the items of the phase before it, and of no earlier one", () => {
    const record = new TestRecord();
    const [first] = record.deployment.checklist.phases;
    const open = (first === undefined ? [] : itemsOf(first)).map(({ item: { key, title } }) => ({
      code: "item-open",
      message: `“${title}” is open`,
      item: key,
      phase: "pre-deployment",
    }));
    const incomplete = {
      code: "phase-incomplete",
      message: "Pre-deployment is not complete",
      phase: "pre-deployment",
    };
    expect(blockers(record, "final-checks")).toEqual([...open, incomplete]);
    expect(blockers(record, "deployment")).toEqual([
      incomplete,
      ...record.deployment.checklist.signOff.steps.map(({ role, title }) => ({
        code: "approval-missing",
        message: `${title} has not approved`,
        role,
      })),
    ]);
    expect(blockers(record, CLOSE_OUT)).toEqual([incomplete]);
  });

  test("the end or the rollback of the record, and nothing besides", () => {
    const ended = new TestRecord();
    ended.do(lead, cancelDeployment("Another day."));
    expect(blockers(ended, "final-checks")).toEqual([
      { code: "deployment-ended", message: "The deployment is cancelled" },
    ]);
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.do(engineer, startPhase("deployment"), triggerRollback("Errors."));
    expect(blockers(record, "post-deployment")).toEqual([
      { code: "rollback-running", message: "The deployment is being rolled back" },
    ]);
    record.complete("rollback");
    expect(blockers(record, "post-deployment")).toEqual([
      { code: "deployment-ended", message: "The deployment is rolled back" },
    ]);
  });

  test("nothing where the phase has begun, whatever went stale since", () => {
    const record = new TestRecord().toDeployment();
    record.wait(120);
    expect(blockers(record, "deployment")).toEqual([]);
  });

  test("what went stale since it was ticked, with the evidence that it rests on", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    record.do(engineer, addEvidence("database-backup", "backup", { kind: "time", at: record.now }));
    record.do(engineer, checkItem("database-backup"));
    record.settleAll("final-checks");
    record.do(engineer, completePhase("final-checks"));
    record.wait(120);
    const [stale] = blockers(record, "deployment");
    expect(stale).toMatchObject({
      code: "requirement-stale",
      item: "database-backup",
      phase: "final-checks",
      message: expect.stringMatching(/^“Database backup .*”: .* is 2 h old \(limit 1 h\)$/),
    });
    expect(stale?.grounds).toHaveLength(1);
  });

  test("nothing of an item that is not applicable", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    record.do(lead, waiveItem("database-backup", "No database.", true));
    record.settleAll("final-checks");
    expect(record.deployment.items["database-backup"]?.status).toBe("done");
    record.do(lead, waiveItem("database-backup", "No database.", true), completePhase("final-checks"));
    record.wait(120);
    expect(blockers(record, "deployment").map(({ role }) => role)).toEqual(missing);
  });
});

describe("what a gate judges anew", () => {
  const judged = (record: TestRecord, gate: string) =>
    phasesJudgedAt(record.deployment, gate).map(({ key }) => key);

  test("is all before T-0, and from T-0 on what came after it", () => {
    const record = new TestRecord();
    expect(judged(record, "deployment")).toEqual(["pre-deployment", "final-checks"]);
    expect(judged(record, "post-deployment")).toEqual(["deployment"]);
    expect(judged(record, "follow-up")).toEqual(["deployment", "post-deployment"]);
    expect(judged(record, CLOSE_OUT)).toEqual(["deployment", "post-deployment", "follow-up"]);
  });

  test("may go stale in any phase before T-0, and after it in the phase right before alone", () => {
    const record = new TestRecord({ place: "close-out" });
    const hour = new Date(Date.parse(record.now) + 3_600_000).toISOString();
    const verdict = checked("lcov", { values: { coverage: 90 }, validUntil: hour });
    record.do(engineer, ...addVerdict(record.deployment, "test-coverage", "v", verdict));
    record.complete("pre-deployment");
    record.settleAll("final-checks");
    record.now = hour;
    record.do(engineer, addEvidence("database-backup", "again", { kind: "time", at: record.now }));
    expect(record.refusal(engineer, completePhase("final-checks"))).toMatchObject({
      code: "gate-closed",
      message: "The gate before Deployment is closed",
      blockers: [
        {
          code: "requirement-stale",
          item: "test-coverage",
          phase: "pre-deployment",
          grounds: expect.arrayContaining(["v"]),
        },
      ],
    });
  });

  test("leaves what went stale after T-0 to history", () => {
    const record = new TestRecord({ place: "close-out" }).toSignOff();
    record.complete("deployment");
    const validUntil = new Date(Date.parse(record.now) + 3 * 3_600_000).toISOString();
    const green = checked("http-health", { validUntil });
    record.do(engineer, ...addVerdict(record.deployment, "health-checks-green", "v", green));
    record.complete("post-deployment");
    record.complete("follow-up");
    record.now = validUntil;
    expect(codes(record, CLOSE_OUT)).toEqual(missing.map(() => "approval-missing"));
  });

  test("a sign-off at close-out is passed with the record's end, any other with its phase's beginning", () => {
    const atEnd = new TestRecord({ place: "close-out" });
    for (const { key } of atEnd.deployment.checklist.phases) atEnd.complete(key);
    expect(signOffGatePassed(atEnd.deployment)).toBe(false);
    atEnd.signAll();
    expect(signOffGatePassed(atEnd.deployment)).toBe(true);
    const record = new TestRecord().toSignOff();
    record.signAll();
    expect(signOffGatePassed(record.deployment)).toBe(false);
    record.do(engineer, startPhase("deployment"));
    expect(signOffGatePassed(record.deployment)).toBe(true);
  });
});

describe("what broken glass lifts", () => {
  test("it lifts at its own gate alone", () => {
    const record = new TestRecord();
    breakGlass(record, "final-checks", sre, "devops-sre");
    expect(blockers(record, "final-checks")).toEqual([]);
    expect(codes(record, "deployment")).toContain("phase-incomplete");
  });

  test("is told before the phase begins and after, for its gate", () => {
    const record = new TestRecord().toSignOff();
    const all = blockers(record, "deployment");
    expect(overriddenAt(record.deployment, "deployment", all)).toEqual([]);
    breakGlass(record, "deployment", sre, "devops-sre");
    const later: Blocker = { code: "freeze-window", message: "", phase: "deployment", freeze: "f" };
    expect(overriddenAt(record.deployment, "deployment", [...all, later])).toEqual(all);
    expect(overriddenAt(record.deployment, "final-checks", all)).toEqual([]);
    record.do(engineer, startPhase("deployment"));
    expect(overriddenAt(record.deployment, "deployment", [])).toEqual(all);
    expect(overriddenAt(record.deployment, "pre-deployment", all)).toEqual([]);
    record.do(lead, reopenPhase("final-checks", "Once more."));
    record.complete("final-checks");
    expect(overriddenAt(record.deployment, "deployment", all)).toEqual([]);
    record.sign(CAST.engineeringLead, "engineering-lead");
    breakGlass(record, "deployment", sre, "devops-sre");
    record.do(engineer, startPhase("deployment"));
    expect(overriddenAt(record.deployment, "deployment", []).map(({ role }) => role)).toEqual(
      missing.slice(1),
    );
  });

  test("does not come back at a later gate, unless a live check fails on new grounds", () => {
    const record = new TestRecord();
    record.do(engineer, checkItem("mtls-enabled"));
    breakGlass(record, "final-checks", sre, "devops-sre");
    record.do(engineer, startPhase("final-checks"));
    const of = (code: Blocker["code"], item: string, ...grounds: readonly string[]): Blocker => ({
      code,
      message: "",
      item,
      phase: "pre-deployment",
      grounds,
    });
    const back = (...found: readonly Blocker[]) => withoutSkipped(record.deployment, found);
    expect(
      back(of("requirement-missing", "test-coverage"), of("requirement-stale", "test-coverage", "v")),
    ).toEqual([]);
    const stale = of("requirement-stale", "mtls-enabled", "v");
    const failing = of("check-failed", "test-coverage", "tls");
    expect(back(of("item-open", "test-coverage", "v"), stale, failing)).toEqual([stale, failing]);
    const { breakGlass: glass } = record.deployment;
    const checked = glass.map((one) => ({
      ...one,
      used: one.used && {
        ...one.used,
        overridden: [of("check-failed", "tls", "a"), of("requirement-failed", "cdn", "b")],
      },
    }));
    const seen = (...found: readonly Blocker[]) =>
      withoutSkipped({ ...record.deployment, breakGlass: checked }, found);
    expect(seen(of("check-failed", "tls", "a"), of("requirement-failed", "cdn", "c"))).toEqual([]);
    expect(seen(of("check-failed", "tls", "c"))).toEqual([of("check-failed", "tls", "c")]);
    expect(seen(of("requirement-stale", "cdn", "b"))).toEqual([of("requirement-stale", "cdn", "b")]);
  });

  test("a blocker is what it is about and what it rests on, whatever its words", () => {
    const one: Blocker = {
      code: "requirement-stale",
      message: "2 h",
      item: "a",
      phase: "p",
      grounds: ["x", "y"],
    };
    expect(identity({ ...one, message: "3 h" })).toBe(identity(one));
    const all = [
      one,
      { ...one, code: "requirement-failed" as const },
      { ...one, item: "b" },
      { ...one, phase: "q" },
      { ...one, role: "r" },
      { ...one, freeze: "f" },
      { ...one, grounds: ["x"] },
      { ...one, grounds: [] },
      { code: one.code, message: one.message, item: "ap" },
    ].map(identity);
    expect(new Set(all).size).toBe(all.length);
  });
});
