import { describe, expect, test } from "vitest";
import { answerRejection, rejectApproval } from "#lib/domain/approvals.ts";
import { checkItem } from "#lib/domain/checklist-items.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { completePhase, reopenPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { statusOf } from "#lib/domain/status.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, product } = CAST;

describe("rule 3: approvals in order, by different people", () => {
  const refusal = (record: TestRecord, signer: typeof lead, role: Parameters<typeof approval>[1]) =>
    record.try(signer, approval(record, role, signer));

  test("nobody signs before the phases are complete", () => {
    expect(refusal(new TestRecord(), engineeringLead, "engineering-lead")).toBe("sign-off-not-open");
  });

  test("each role waits for the one before", () => {
    const record = new TestRecord().toSignOff();
    expect(refusal(record, sre, "devops-sre")).toBe("not-your-turn");
    record.sign(engineeringLead, "engineering-lead");
    expect(refusal(record, product, "product")).toBe("not-your-turn");
    expect(refusal(record, sre, "devops-sre")).toBeNull();
  });

  test("only a holder of the role signs", () => {
    const record = new TestRecord().toSignOff();
    expect(refusal(record, sre, "engineering-lead")).toBe("forbidden");
    expect(refusal(record, CAST.auditor, "engineering-lead")).toBe("forbidden");
    expect(refusal(record, person("Amir", "admin", null), "engineering-lead")).toBe("forbidden");
  });

  test("neither opener nor deployer, and nobody twice", () => {
    const record = new TestRecord().toSignOff();
    const also = (somebody: typeof lead) => ({
      ...somebody,
      grants: [
        ...somebody.grants,
        { role: "engineering-lead" as const, teamId: null },
        { role: "devops-sre" as const, teamId: null },
      ],
    });
    expect(refusal(record, also(lead), "engineering-lead")).toBe("separation-of-duties");
    expect(refusal(record, also(engineer), "engineering-lead")).toBe("separation-of-duties");
    record.sign(also(engineeringLead), "engineering-lead");
    expect(refusal(record, also(engineeringLead), "devops-sre")).toBe("separation-of-duties");
    expect(refusal(record, sre, "devops-sre")).toBeNull();
  });

  test("a team may relax each duty by itself", () => {
    const opener = { ...lead, grants: [...lead.grants, { role: "engineering-lead" as const, teamId: null }] };
    const relaxed = new TestRecord({ relaxations: { openerMaySign: true } }).toSignOff();
    expect(refusal(relaxed, opener, "engineering-lead")).toBeNull();
    const other = new TestRecord({ relaxations: { deployerMaySign: true } }).toSignOff();
    expect(refusal(other, opener, "engineering-lead")).toBe("separation-of-duties");
  });

  test("the same role does not sign twice", () => {
    const record = new TestRecord().toSignOff();
    record.sign(engineeringLead, "engineering-lead");
    expect(refusal(record, person("Nadia", "engineering-lead"), "engineering-lead")).toBe("already-signed");
  });
});

describe("rule 4: an approval is of exact content", () => {
  test("a digest of something else is refused", () => {
    const record = new TestRecord().toSignOff();
    const before = approval(record, "engineering-lead", engineeringLead);
    record.do(lead, changeDetails({ version: "1.0.1" }));
    const stale = {
      role: "engineering-lead" as const,
      digest: "0".repeat(64),
      contentDigest: record.digest(),
      proof: "password" as const,
    };
    expect(record.try(engineeringLead, rejectApproval(engineeringLead, stale, "no"))).toBe("content-changed");
    expect(record.try(engineeringLead, before)).toBeNull();
  });

  test("a change before the gate voids what was given, visibly", () => {
    const record = new TestRecord().toSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.do(lead, changeDetails({ commit: "aaaaaaa" }));
    expect(record.deployment.approvals[0]?.voided?.cause).toBe("The signed content changed.");
    expect(record.events.at(-1)?.type).toBe("sign-off.voided");
    expect(record.try(engineeringLead, approval(record, "engineering-lead", engineeringLead))).toBeNull();
  });

  test("after T-0 only links may change", () => {
    const record = new TestRecord().toDeployment();
    expect(record.try(lead, changeDetails({ version: "2.0.0" }))).toBe("details-locked");
    expect(
      record.try(lead, changeDetails({ links: [{ title: "Log", url: "https://example.com" }] })),
    ).toBeNull();
    expect(record.deployment.approvals.every(({ voided }) => voided === null)).toBe(true);
  });

  test("no change is no event", () => {
    const record = new TestRecord();
    record.do(lead, changeDetails({ version: "1.0.0", slo: { ...record.deployment.details.slo } }));
    expect(record.events).toHaveLength(1);
  });
});

describe("rule 5: a rejection", () => {
  function rejected(): TestRecord {
    const record = new TestRecord().toSignOff();
    record.sign(engineeringLead, "engineering-lead");
    record.do(sre, rejection(record, "devops-sre", sre, "No capacity."));
    return record;
  }

  test("closes the gate until a team lead has answered", () => {
    const record = rejected();
    expect(statusOf(record.deployment)).toBe("rejected");
    expect(
      gateBlockers(record.deployment, "deployment", record.now, record.freezes).map(({ code }) => code),
    ).toEqual(["sign-off-rejected"]);
    expect(record.try(sre, approval(record, "devops-sre", sre))).toBe("sign-off-rejected");
  });

  test("outlives a change of content", () => {
    const record = rejected();
    record.do(lead, changeDetails({ version: "1.0.1" }));
    expect(statusOf(record.deployment)).toBe("rejected");
  });

  test("outlives a reopened phase", () => {
    const record = rejected();
    record.do(lead, reopenPhase("final-checks", "Capacity."));
    record.complete("final-checks");
    expect(statusOf(record.deployment)).toBe("rejected");
  });

  test("answered, the sign-off starts over", () => {
    const record = rejected();
    record.do(lead, answerRejection("Scaled up.", 1));
    expect(record.deployment.signOffRound).toBe(2);
    expect(record.try(sre, approval(record, "devops-sre", sre))).toBe("not-your-turn");
    record.signAll();
    expect(statusOf(record.deployment)).toBe("ready");
    expect(record.try(lead, answerRejection("again", 2))).toBe("not-rejected");
  });

  test("an answer to one rejection is none to the next", () => {
    const record = rejected();
    record.do(lead, answerRejection("Scaled up.", 1));
    record.do(engineeringLead, rejection(record, "engineering-lead", engineeringLead, "It loses data."));
    expect(record.try(lead, answerRejection("Scaled up, as agreed.", 1))).toBe("not-rejected");
    expect(statusOf(record.deployment)).toBe("rejected");
    record.do(lead, answerRejection("Mended.", 2));
    expect(record.deployment.signOffRound).toBe(3);
  });
});

describe("rule 6: reopening", () => {
  test("locks later phases again and voids approvals given after it, erasing nothing", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.do(lead, reopenPhase("pre-deployment", "A secret leaked."));
    expect(record.deployment.approvals.every(({ voided }) => voided !== null)).toBe(true);
    expect(record.try(engineer, checkItem("staging-matches"))).toBe("phase-locked");
    expect(record.deployment.items["staging-matches"]?.status).toBe("done");
  });

  test("behind the gate, approvals stand", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.complete("deployment");
    record.do(lead, reopenPhase("deployment", "Traffic was not shifted."));
    expect(record.deployment.approvals.every(({ voided }) => voided === null)).toBe(true);
  });

  test("a phase that is not complete has nothing to reopen", () => {
    expect(new TestRecord().try(lead, reopenPhase("final-checks", "why"))).toBe("phase-not-earlier");
  });
});

describe("rule 7: rollback and cancellation", () => {
  test("before T-0 a deployment is cancelled, not rolled back", () => {
    const record = new TestRecord();
    expect(record.try(engineer, triggerRollback("broken"))).toBe("rollback-not-possible");
    expect(record.try(lead, cancelDeployment("Not needed."))).toBeNull();
    expect(statusOf(record.deployment)).toBe("cancelled");
  });

  test("from T-0 on it is rolled back, not cancelled", () => {
    const record = new TestRecord().toDeployment();
    expect(record.try(lead, cancelDeployment("no"))).toBe("cancellation-not-possible");
    expect(record.try(engineer, triggerRollback("502s"))).toBeNull();
    expect(record.try(engineer, checkItem("run-migrations"))).toBe("phase-frozen");
  });

  test("the list opens step by step and ends the record", () => {
    const record = new TestRecord().toDeployment();
    record.do(engineer, triggerRollback("502s"));
    expect(record.try(engineer, checkItem("rollback-revert"))).toBe("section-locked");
    for (const key of [
      "rollback-incident-response",
      "rollback-notify-on-call",
      "rollback-status-page",
      "rollback-revert",
    ]) {
      expect(record.try(engineer, checkItem(key))).toBeNull();
    }
    expect(record.try(engineer, checkItem("rollback-monitor"))).toBe("requirement-unmet");
    record.do(engineer, checkItem("rollback-health-checks"), checkItem("rollback-smoke-tests"));
    record.wait(14);
    expect(record.try(engineer, checkItem("rollback-monitor"))).toBe("requirement-unmet");
    record.wait(1);
    expect(record.try(engineer, checkItem("rollback-monitor"))).toBeNull();
    record.complete("rollback");
    expect(statusOf(record.deployment)).toBe("rolled-back");
    expect(record.try(engineer, triggerRollback("again"))).toBe("deployment-ended");
  });
});

describe("sign-off at close-out", () => {
  test("stands after the last phase, and its last approval completes the record", () => {
    const record = new TestRecord({ place: "close-out" });
    for (const phase of ["pre-deployment", "final-checks", "deployment", "post-deployment", "follow-up"])
      record.complete(phase);
    expect(statusOf(record.deployment)).toBe("awaiting-sign-off");
    record.signAll();
    expect(statusOf(record.deployment)).toBe("completed");
  });

  test("the rollback's list is no part of what was signed", () => {
    const record = new TestRecord({ place: "close-out" });
    for (const phase of ["pre-deployment", "final-checks", "deployment", "post-deployment", "follow-up"])
      record.complete(phase);
    record.sign(engineeringLead, "engineering-lead");
    record.do(engineer, triggerRollback("502s"), checkItem("rollback-incident-response"));
    expect(record.deployment.approvals[0]?.voided).toBeNull();
  });

  test("T-0 begins through its open gate alone, though no signature stands there", () => {
    const record = new TestRecord({ place: "close-out" });
    record.complete("pre-deployment");
    record.wait(40 * 24 * 60);
    record.settleAll("final-checks");
    expect(record.try(engineer, completePhase("final-checks"))).toBe("gate-closed");
    expect(record.deployment.t0At).toBeNull();
  });
});
