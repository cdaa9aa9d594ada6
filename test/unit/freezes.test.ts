import { expect, test } from "vitest";
import {
  covers,
  freezeBlockers,
  freezeInWords,
  liftFreeze,
  whyNotLift,
  type FreezeWindow,
} from "#lib/domain/freezes.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { gateBlockers } from "#lib/domain/gates.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { HOUR, laterBy, minuteInWords } from "#lib/domain/time.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, breakGlass, TestRecord } from "#test/support/records.ts";

const SECOND_LEAD = person("Lars", "team-lead");

function window(record: TestRecord, fromHours: number, toHours: number, id = "freeze"): FreezeWindow {
  const [startsAt, endsAt] = [laterBy(record.now, fromHours * HOUR), laterBy(record.now, toHours * HOUR)];
  return { id, environment: "production", startsAt, endsAt, reason: "Christmas" };
}

/** A record that is signed and may begin, but for a freeze. */
function readyRecord(): TestRecord {
  const record = new TestRecord({});
  record.complete("pre-deployment");
  record.complete("final-checks");
  record.do(CAST.engineeringLead, approval(record, "engineering-lead", CAST.engineeringLead));
  record.do(CAST.sre, approval(record, "devops-sre", CAST.sre));
  record.do(CAST.security, approval(record, "security", CAST.security));
  record.do(CAST.product, approval(record, "product", CAST.product));
  return record;
}

const blockersAt = (record: TestRecord, phase: string) =>
  gateBlockers(record.deployment, phase, record.now, record.freezes).map(({ code }) => code);

test("a standing window closes the gate before T-0, and that gate alone", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  expect(blockersAt(record, "deployment")).toEqual(["freeze-window"]);
  expect(blockersAt(record, "post-deployment")).not.toContain("freeze-window");
  expect(record.refusal(CAST.engineer, startPhase("deployment"))).toEqual({
    code: "gate-closed",
    message: "The gate before Deployment is closed",
    blockers: [
      {
        code: "freeze-window",
        message: `production is frozen until ${minuteInWords(record.freezes[0]?.endsAt ?? "")}: Christmas`,
        phase: "deployment",
        freeze: "freeze",
      },
    ],
  });
});

test("a window holds from its first moment, and no longer at its last", () => {
  const record = readyRecord();
  const { startsAt, endsAt } = window(record, 0, 1);
  expect(
    [laterBy(startsAt, -1), startsAt, laterBy(endsAt, -1), endsAt].map((at) =>
      covers({ startsAt, endsAt }, at),
    ),
  ).toEqual([false, true, true, false]);
  record.freezes = [window(record, 1, 2), window(record, -2, 0, "over")];
  expect(blockersAt(record, "deployment")).toEqual([]);
});

test("a gate that is closed for other reasons names the freeze besides", () => {
  const record = new TestRecord({});
  record.freezes = [window(record, -1, 2)];
  expect(blockersAt(record, "deployment")).toContain("freeze-window");
  expect(freezeBlockers(record.deployment, "final-checks", record.now, record.freezes)).toEqual([]);
});

test("a team lead who neither opened nor deploys lifts it, before T-0, once", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2), window(record, 3, 4, "coming"), window(record, -2, 0, "over")];
  expect(record.try(CAST.lead, liftFreeze(CAST.lead, "freeze", "A fix."))).toBe("separation-of-duties");
  expect(record.try(SECOND_LEAD, liftFreeze(SECOND_LEAD, "over", "A fix."))).toBe("no-freeze");
  expect(record.try(SECOND_LEAD, liftFreeze(SECOND_LEAD, "another's", "A fix."))).toBe("no-freeze");
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "A fix."));
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "coming", "May take longer."));
  const before = record.events.length;
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "Again."));
  expect(record.events).toHaveLength(before);
  expect(blockersAt(record, "deployment")).toEqual([]);
  record.do(CAST.engineer, startPhase("deployment"));
  expect(record.try(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "Late."))).toBe("no-freeze");
});

test("a lift is of one window; another closes the gate again", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "A fix."));
  record.freezes = [...record.freezes, window(record, -1, 5, "another")];
  expect(blockersAt(record, "deployment")).toEqual(["freeze-window"]);
});

test("a lifted freeze binds the record to its environment, and to another deployer than whoever lifted it", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  record.do(CAST.lead, changeDetails({ environment: "staging" }));
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "Nobody sees it"));
  expect(record.refusal(CAST.lead, changeDetails({ environment: "production" }))).toEqual({
    code: "details-locked",
    message: "A freeze was lifted for this record in staging; open another one for production",
  });
  const deployedBy = { id: SECOND_LEAD.id, name: SECOND_LEAD.name };
  expect(record.refusal(CAST.lead, changeDetails({ deployedBy }))).toEqual({
    code: "separation-of-duties",
    message: "Lars lifted a freeze for it, so somebody else deploys it",
  });
  const relaxed = { ...record.deployment.relaxations, deployerMaySign: true };
  expect(
    changeDetails({ deployedBy })({ ...record.deployment, relaxations: relaxed }, record.now, []),
  ).toHaveLength(1);
});

test("a lifted freeze is for what was to be deployed, as long as it is not over", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "One line of CSS."));
  const { version, commit } = record.deployment.details;
  for (const change of [{ version: "2.0.0" }, { commit: "badc0de" }]) {
    expect(record.refusal(CAST.lead, changeDetails(change))).toEqual({
      code: "details-locked",
      message: `A freeze was lifted for version ${version} (${commit}); open another deployment for anything else`,
    });
  }
  expect(record.try(CAST.lead, changeDetails({ links: [] }))).toBeNull();
  record.freezes = [window(record, -3, -1)];
  expect(record.try(CAST.lead, changeDetails({ version: "2.0.1" }))).toBeNull();
});

test("a lift voids no approval: nothing that was signed changed", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "A fix."));
  expect(record.deployment.approvals.every(({ voided }) => voided === null)).toBe(true);
});

test("break glass opens the gate against the window that was confirmed, and no other", () => {
  const record = readyRecord();
  record.freezes = [window(record, -1, 2)];
  breakGlass(record, "deployment", CAST.sre, "devops-sre");
  const standing = record.freezes;
  record.freezes = [...standing, window(record, -1, 5, "another")];
  expect(record.try(CAST.engineer, startPhase("deployment"))).toBe("gate-closed");
  record.freezes = standing;
  record.do(CAST.engineer, startPhase("deployment"));
  const started = record.events.find(({ type, data }) => type === "phase.started" && "overridden" in data);
  expect(started?.data).toMatchObject({ overridden: [{ code: "freeze-window", freeze: "freeze" }] });
});

test("what has begun goes on in a freeze; what is reopened before T-0 begins again outside of it", () => {
  const record = readyRecord();
  record.do(CAST.engineer, startPhase("deployment"));
  record.freezes = [window(record, -1, 2)];
  record.settleAll("deployment");
  record.do(CAST.engineer, completePhase("deployment"));
  record.do(CAST.lead, reopenPhase("final-checks", "Once more."));
  expect(blockersAt(record, "deployment")).toContain("freeze-window");
});

test("whoever lifts in vain is told why, and a lift names the whole window", () => {
  const record = readyRecord();
  const [freeze] = (record.freezes = [window(record, -1, 2)]);
  expect(record.refusal(SECOND_LEAD, liftFreeze(SECOND_LEAD, "another's", "A fix."))).toEqual({
    code: "no-freeze",
    message: "This freeze no longer holds for this deployment",
  });
  expect(whyNotLift(record.deployment, CAST.lead)?.message).toBe(
    "You opened this deployment, so somebody else lifts the freeze",
  );
  expect(whyNotLift(record.deployment, CAST.engineer)?.message).toBe(
    "You are named as deployer, so somebody else lifts the freeze",
  );
  expect(whyNotLift(record.deployment, SECOND_LEAD)).toBeNull();
  record.do(SECOND_LEAD, liftFreeze(SECOND_LEAD, "freeze", "A fix."));
  const { id: _, ...whole } = freeze ?? {};
  expect(record.events.at(-1)?.data).toEqual({ freeze: "freeze", window: whole, reason: "A fix." });
  record.do(CAST.engineer, startPhase("deployment"));
  record.freezes = [window(record, -1, 2, "later")];
  expect(record.refusal(SECOND_LEAD, liftFreeze(SECOND_LEAD, "later", "A fix."))).toEqual({
    code: "no-freeze",
    message: "The deployment has begun; no freeze stops it",
  });
  record.do(CAST.engineer, triggerRollback("Errors."));
  expect(record.try(SECOND_LEAD, liftFreeze(SECOND_LEAD, "later", "A fix."))).toBe("rollback-running");
});

test("a freeze of every environment says so", () => {
  const [startsAt, endsAt] = ["2026-12-24T00:00:00.000Z", "2026-12-27T08:00:00.000Z"];
  expect(freezeInWords({ environment: null, startsAt, endsAt, reason: "Christmas" })).toBe(
    "Every environment is frozen until 27 Dec 2026, 08:00 UTC: Christmas",
  );
});
