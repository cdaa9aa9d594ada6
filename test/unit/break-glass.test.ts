import { describe, expect, test } from "vitest";
import { answerRejection } from "#lib/domain/approvals.ts";
import { requestBreakGlass, reviewBreakGlass, withdrawBreakGlass } from "#lib/domain/break-glass.ts";
import { breakGlassState } from "#lib/domain/break-glass-request.ts";
import { addEvidence, checkItem, clearItem, overruleVerdict } from "#lib/domain/checklist-items.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { replay } from "#lib/domain/evolve.ts";
import { gateStanding } from "#lib/domain/gate-standing.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { statusOf } from "#lib/domain/status.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, breakGlass, checked, confirmation, rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, security } = CAST;
const lead2 = person("Lars", "team-lead");
const asked = (phase = "deployment") => requestBreakGlass(phase, "The site is down.", []);
const codes = (record: TestRecord, phase = "deployment") =>
  gateBlockers(record.deployment, phase, record.now, record.freezes).map(({ code }) => code);
const requestOf = (record: TestRecord) => record.deployment.breakGlass.at(-1)?.request ?? 0;
const stateOf = (record: TestRecord) => breakGlassState(record.deployment.breakGlass);

describe("rule 8: two people open a gate that has blockers", () => {
  test("the phase may begin, and what was overridden stands in the history", () => {
    const record = new TestRecord().toSignOff();
    record.sign(engineeringLead, "engineering-lead");
    breakGlass(record, "deployment", security, "security");
    expect(codes(record)).toEqual([]);
    expect(record.try(engineer, startPhase("deployment"))).toBeNull();
    expect(record.events.at(-1)).toMatchObject({
      type: "phase.started",
      data: {
        atT0: true,
        overridden: [{ role: "devops-sre" }, { role: "security" }, { role: "product" }],
      },
    });
    expect(statusOf(record.deployment)).toBe("in-progress");
    expect(stateOf(record)).toBe("review-owed");
    expect(record.try(sre, approval(record, "devops-sre", sre))).toBe("sign-off-closed");
    expect(replay("record", record.events)).toEqual(record.deployment);
  });

  test("an open phase is left as it stands, and its open items stay open", () => {
    const record = new TestRecord();
    record.complete("pre-deployment");
    record.do(engineer, checkItem("communication-plan"));
    breakGlass(record, "deployment", sre, "devops-sre");
    expect(record.try(engineer, checkItem("staging-matches")), "its items may still change").toBeNull();
    record.do(engineer, startPhase("deployment"));
    expect(record.events.slice(-2).map(({ type }) => type)).toEqual([
      "phase.left-incomplete",
      "phase.started",
    ]);
    expect(record.deployment.phases["final-checks"]?.leftIncomplete).toBe(true);
    expect(record.deployment.items["database-backup"]).toBeUndefined();
    expect(record.try(engineer, clearItem("staging-matches"))).toBe("phase-completed");
    expect(record.try(engineer, checkItem("run-migrations"))).toBeNull();
    expect(replay("record", record.events)).toEqual(record.deployment);
  });

  test("what comes up after the confirmation still blocks", () => {
    const record = new TestRecord().toSignOff();
    breakGlass(record, "deployment", security, "security");
    record.do(engineeringLead, rejection(record, "engineering-lead", engineeringLead, "It is unsafe."));
    expect(codes(record)).toEqual(["sign-off-rejected"]);
    expect(record.try(engineer, startPhase("deployment"))).toBe("gate-closed");
  });

  test("what was confirmed over one rejection opens nothing over another", () => {
    const record = new TestRecord().toSignOff();
    const reject = (reason: string) =>
      record.do(engineeringLead, rejection(record, "engineering-lead", engineeringLead, reason));
    reject("A typo in the runbook.");
    breakGlass(record, "deployment", security, "security");
    expect(codes(record)).toEqual([]);
    record.do(lead, answerRejection("Mended.", 1));
    expect(record.events.at(-1)?.type).toBe("break-glass.lapsed");
    reject("It loses data.");
    expect(codes(record)).toEqual(["sign-off-rejected"]);
    expect(record.try(engineer, startPhase("deployment"))).toBe("gate-closed");
  });

  describe("what was confirmed over one evidence opens nothing over worse of the same item", () => {
    const coverage = (id: string, value: number) =>
      addEvidence("test-coverage", id, { kind: "measurement", values: { coverage: value } });
    const junit = (id: string, verdict: "pass" | "fail", label = "unit") =>
      addEvidence("tests-passing", id, checked("junit", { label, verdict, summary: verdict }));
    const blocked = (record: TestRecord) =>
      gateBlockers(record.deployment, "final-checks", record.now, record.freezes).map(({ code, item }) => [
        code,
        item,
      ]);

    test("a worse measurement of a ticked item", () => {
      const record = new TestRecord();
      record.do(engineer, coverage("good", 90), checkItem("test-coverage"), coverage("poor", 79));
      breakGlass(record, "final-checks", sre, "devops-sre");
      expect(blocked(record)).toEqual([]);
      record.do(engineer, coverage("worse", 12));
      expect(blocked(record)).toEqual([["requirement-failed", "test-coverage"]]);
      expect(record.try(engineer, startPhase("final-checks"))).toBe("gate-closed");
      record.do(engineer, coverage("mended", 85));
      expect(record.try(engineer, startPhase("final-checks"))).toBeNull();
    });

    test("a report that fails on an item that was open, and a second beside one that fails", () => {
      const record = new TestRecord();
      record.do(engineer, junit("unit", "fail"));
      breakGlass(record, "final-checks", sre, "devops-sre");
      record.do(engineer, junit("e2e", "fail", "e2e"));
      expect(blocked(record)).toEqual([["item-open", "tests-passing"]]);
      record.do(lead, overruleVerdict("e2e", "Known."));
      expect(blocked(record)).toEqual([]);
      record.do(engineer, coverage("first", 79));
      expect(blocked(record)).toEqual([["item-open", "test-coverage"]]);
    });

    test("what speaks for an item closes nothing again", () => {
      const record = new TestRecord();
      breakGlass(record, "final-checks", sre, "devops-sre");
      record.do(engineer, coverage("good", 90), junit("unit", "pass"));
      record.do(engineer, addEvidence("cdn", "note", { kind: "note", text: "Seen." }));
      expect(blocked(record)).toEqual([]);
    });

    test("what was passed with it does not come back when its time runs out", () => {
      const record = new TestRecord();
      record.do(engineer, coverage("good", 90), checkItem("test-coverage"), coverage("poor", 79));
      breakGlass(record, "final-checks", sre, "devops-sre");
      record.do(engineer, startPhase("final-checks"));
      record.complete("final-checks");
      expect(codes(record).filter((code) => code !== "approval-missing")).toEqual([]);
    });
  });

  test("what was overridden at one gate does not come back at the next, unless it was reopened", () => {
    const record = new TestRecord();
    breakGlass(record, "final-checks", sre, "devops-sre");
    record.do(engineer, startPhase("final-checks"));
    record.complete("final-checks");
    expect(new Set(codes(record))).toEqual(new Set(["approval-missing"]));
    record.signAll();
    expect(codes(record)).toEqual([]);
    record.do(lead, reopenPhase("pre-deployment", "We have time now."));
    expect(record.try(engineer, completePhase("pre-deployment"))).toBe("phase-incomplete");
  });

  test("what was overridden at a gate that was locked again and passed without it is judged as ever", () => {
    const record = new TestRecord();
    record.settleAll("pre-deployment");
    record.do(engineer, clearItem("secrets-rotated"));
    breakGlass(record, "final-checks", security, "security");
    record.do(engineer, startPhase("final-checks"));
    record.do(lead, reopenPhase("pre-deployment", "We have time now."));
    record.wait(1);
    const day = laterBy(record.now, -29 * DAY).slice(0, 10);
    const rotatedOn = { ssh: day, ci: day, database: day, api: day };
    record.do(engineer, addEvidence("secrets-rotated", "dates", { kind: "rotation", rotatedOn }));
    record.do(engineer, checkItem("secrets-rotated"));
    record.do(engineer, completePhase("pre-deployment"));
    expect(record.events.at(-1)?.data).not.toHaveProperty("overridden");
    record.complete("final-checks");
    record.signAll();
    record.wait(3 * 24 * 60);
    expect(codes(record)).toContain("requirement-failed");
    const outside = { freezes: [], checkRuns: [] };
    expect(gateStanding(record.deployment, "final-checks", outside, record.now).forced).toBe(false);
  });

  test("what is signed afterwards names the forced gate", () => {
    const record = new TestRecord();
    const before = record.digest();
    breakGlass(record, "final-checks", sre, "devops-sre");
    expect(record.digest(), "not yet used").toBe(before);
    record.do(engineer, startPhase("final-checks"));
    expect(record.digest()).not.toBe(before);
  });
});

describe("who, and in which order", () => {
  test("only the next gate, one request at a time, and only a closed one", () => {
    const record = new TestRecord();
    expect(record.try(lead, asked("deployment"))).toBe("gate-not-next");
    expect(record.try(lead, asked("close-out"))).toBe("gate-not-next");
    expect(record.try(lead, asked("final-checks"))).toBeNull();
    expect(record.try(lead, asked("final-checks"))).toBe("break-glass-pending");
    const ready = new TestRecord().toSignOff();
    ready.signAll();
    expect(ready.try(lead, asked())).toBe("gate-open");
  });

  test("another person than the lead, who holds a role and is neither opener nor deployer", () => {
    const also = (somebody: typeof lead) => ({ ...somebody, grants: [...somebody.grants, ...sre.grants] });
    const record = new TestRecord().toSignOff();
    record.do(lead2, asked());
    expect(record.try(engineer, confirmation(record, engineer, "devops-sre"))).toBe("forbidden");
    expect(record.try(also(lead2), confirmation(record, also(lead2), "devops-sre"))).toBe(
      "separation-of-duties",
    );
    expect(record.try(also(lead), confirmation(record, also(lead), "devops-sre"))).toBe(
      "separation-of-duties",
    );
    expect(record.try(also(engineer), confirmation(record, also(engineer), "devops-sre"))).toBe(
      "separation-of-duties",
    );
    expect(record.try(sre, confirmation(record, sre, "devops-sre", "another"))).toBe("content-changed");
    expect(record.try(sre, confirmation(record, sre, "devops-sre"))).toBeNull();
    expect(record.try(security, confirmation(record, security, "security"))).toBe("already-signed");
  });

  test("whoever broke the glass deploys nothing that began by it", () => {
    const record = new TestRecord();
    breakGlass(record, "final-checks", security, "security");
    record.do(engineer, startPhase("final-checks"));
    const deployer = ({ id, name }: typeof sre) => changeDetails({ deployedBy: { id, name } });
    expect(record.try(lead, deployer(security))).toBe("separation-of-duties");
    expect(record.try(lead, deployer(sre))).toBeNull();
  });

  test("nobody confirms what is withdrawn, and nothing opens", () => {
    const record = new TestRecord().toSignOff();
    breakGlass(record, "deployment", sre, "devops-sre");
    record.do(lead, withdrawBreakGlass(requestOf(record)));
    expect(codes(record)).toHaveLength(4);
    expect(record.try(security, confirmation(record, security, "security"))).toBe("break-glass-over");
    expect(record.try(lead, withdrawBreakGlass(requestOf(record)))).toBe("break-glass-over");
    expect(stateOf(record), "broken glass is reviewed, used or not").toBe("review-owed");
  });

  test.each([
    ["another phase", (record: TestRecord) => record.do(lead, reopenPhase("final-checks", "reason"))],
    ["other details", (record: TestRecord) => record.do(lead, changeDetails({ version: "2.0.0" }))],
    ["the end", (record: TestRecord) => record.do(lead, cancelDeployment("reason"))],
  ])("a request lapses with %s", (_title, move) => {
    const record = new TestRecord().toSignOff();
    record.do(lead, asked());
    move(record);
    expect(record.events.at(-1)?.type).toBe("break-glass.lapsed");
    expect(record.deployment.breakGlass[0]?.closed).not.toBeNull();
    expect(stateOf(record)).toBe("none");
  });

  test("a rollback lets it lapse too, and opens nothing", () => {
    const record = new TestRecord().toDeployment();
    breakGlass(record, "post-deployment", sre, "devops-sre");
    record.do(engineer, triggerRollback("502s"));
    expect(record.events.at(-1)?.type).toBe("break-glass.lapsed");
    expect(record.try(engineer, startPhase("post-deployment"))).toBe("rollback-running");
  });
});

describe("the review afterwards", () => {
  const review = (actor: typeof lead, record: TestRecord) =>
    reviewBreakGlass(actor, requestOf(record), { conclusion: "justified", finding: "It was right." });

  test("by somebody who took no part, once, also when the record has ended", () => {
    const record = new TestRecord().toSignOff();
    breakGlass(record, "deployment", sre, "devops-sre");
    expect(record.try(security, review(security, record))).toBe("not-reviewable");
    record.do(engineer, startPhase("deployment"));
    expect(record.try(lead, review(lead, record))).toBe("separation-of-duties");
    expect(record.try(sre, review(sre, record))).toBe("separation-of-duties");
    for (const phase of ["deployment", "post-deployment", "follow-up"]) record.complete(phase);
    expect(statusOf(record.deployment)).toBe("completed");
    expect(record.try(security, review(security, record))).toBeNull();
    expect(record.try(lead2, review(lead2, record))).toBe("already-reviewed");
    expect(stateOf(record)).toBe("reviewed");
    expect(replay("record", record.events)).toEqual(record.deployment);
  });
});
