import { expect, test } from "vitest";
import { answerRejection } from "#lib/domain/approvals.ts";
import { requestBreakGlass, reviewBreakGlass, withdrawBreakGlass } from "#lib/domain/break-glass.ts";
import {
  addEvidence,
  addVerdict,
  checkItem,
  clearItem,
  overruleVerdict,
  waiveItem,
} from "#lib/domain/checklist-items.ts";
import { addComment, deleteComment, editComment } from "#lib/domain/comments.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { setDue } from "#lib/domain/dues.ts";
import { evolve, replay } from "#lib/domain/evolve.ts";
import { liftFreeze } from "#lib/domain/freezes.ts";
import { liftLegalHold, setLegalHold } from "#lib/domain/legal-hold.ts";
import { assignItems } from "#lib/domain/owners.ts";
import { reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { CAST, person } from "#test/support/people.ts";
import { breakGlass, checked, rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre, product } = CAST;
const by = ({ id, name }: typeof lead) => ({ id, name });
const asked = requestBreakGlass("deployment", "The site is down.", []);
const requests = (record: TestRecord) => record.deployment.breakGlass.map(({ request }) => request);

test("a record is opened empty, with its first phase begun", () => {
  const { deployment, now } = new TestRecord();
  const opened = { at: now, by: by(lead) };
  expect(deployment).toMatchObject({ id: "record", revision: 1, opened, signOffRound: 1 });
  expect(deployment.phases).toEqual({ "pre-deployment": { started: opened, completed: null } });
  const { items, owners, dues, comments, evidence, approvals, rejectionAnswers } = deployment;
  expect([items, owners, dues]).toEqual([{}, {}, {}]);
  expect([comments, evidence, approvals, rejectionAnswers]).toEqual([[], [], [], []]);
  const { breakGlass: glass, freezeLifts, t0At, rollback, ended, legalHold } = deployment;
  expect([glass, freezeLifts]).toEqual([[], []]);
  expect([t0At, rollback, ended, legalHold]).toEqual([null, null, null, null]);
});

test("a history begins with its opening, and has no second one", () => {
  const record = new TestRecord();
  record.do(engineer, checkItem("mtls-enabled"));
  const [opening, ...rest] = record.events;
  expect(() => replay("r", rest)).toThrow("the history of r does not begin with its opening");
  expect(() => replay("r", [])).toThrow("the history of r does not begin with its opening");
  if (opening === undefined) throw new Error("a record begins with its opening");
  expect(() => evolve(record.deployment, opening)).toThrow("a deployment is opened once");
});

test("a hold stands until it is lifted, and what lifts it is told", () => {
  const record = new TestRecord();
  record.do(lead, liftLegalHold("Nothing there."));
  record.do(lead, setLegalHold("A claim."));
  record.do(lead, setLegalHold("A claim."));
  expect(() => record.do(lead, setLegalHold("Another."))).toThrow("A legal hold stands already");
  expect(record.deployment.legalHold).toEqual({ at: record.now, by: by(lead), reason: "A claim." });
  const earlier = liftLegalHold("Settled.", "2026-01-01T00:00:00.000Z");
  expect(() => record.do(lead, earlier)).toThrow("Another hold stands now");
  record.do(lead, liftLegalHold("Settled.", record.now));
  expect(record.deployment.legalHold).toBeNull();
  expect(record.events.slice(1).map(({ type, data }) => [type, data])).toEqual([
    ["legal-hold.set", { reason: "A claim." }],
    ["legal-hold.lifted", { reason: "Settled." }],
  ]);
});

test("what became of each request to break the glass stands with it, and with no other", () => {
  const record = new TestRecord().toSignOff();
  record.do(lead, asked);
  const [first = 0] = requests(record);
  record.wait(1);
  record.do(lead, withdrawBreakGlass(first));
  const withdrawn = { at: record.now, cause: "Lena withdrew it." };
  record.do(lead, asked);
  record.wait(1);
  record.do(lead, changeDetails({ version: "1.0.1" }));
  const lapsed = { at: record.now, cause: "The details changed." };
  breakGlass(record, "deployment", sre, "devops-sre");
  record.do(engineer, startPhase("deployment"));
  const [, , third = 0] = requests(record);
  record.do(product, reviewBreakGlass(product, third, { conclusion: "justified", finding: "An outage." }));
  const stamp = (who: typeof lead) => ({ at: record.now, by: by(who) });
  expect(record.deployment.breakGlass).toMatchObject([
    { closed: withdrawn, confirmed: null, used: null, review: null },
    { closed: lapsed, confirmed: null, used: null, review: null },
    {
      closed: null,
      requested: stamp(lead),
      confirmed: { ...stamp(sre), role: "devops-sre", proof: "password" },
      used: { ...stamp(engineer), overridden: record.deployment.breakGlass[2]?.confirmed?.blockers },
      review: { ...stamp(product), conclusion: "justified", finding: "An outage." },
    },
  ]);
});

test("an approval that is void stays void for its own cause", () => {
  const record = new TestRecord().toSignOff();
  record.sign(engineeringLead, "engineering-lead");
  record.wait(1);
  record.do(lead, changeDetails({ version: "1.0.1" }));
  const voided = { at: record.now, cause: "The signed content changed." };
  record.sign(engineeringLead, "engineering-lead");
  record.wait(1);
  record.do(lead, reopenPhase("final-checks", "Once more."));
  const reopened = { at: record.now, cause: "Final checks was reopened." };
  expect(record.deployment.approvals).toMatchObject([{ voided }, { voided: reopened }]);
});

test("a rollback's list is complete without having begun, and its reason ends the record", () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  record.do(engineer, startPhase("deployment"), triggerRollback("Errors."));
  expect(record.deployment.rollback).toEqual({
    at: record.now,
    by: by(engineer),
    reason: "Errors.",
    frozenPhase: "deployment",
  });
  record.complete("rollback");
  expect(record.deployment.phases["rollback"]).toEqual({
    started: null,
    completed: { at: record.now, by: by(engineer) },
  });
});

test("replaying any history, of whatever was done to the record, gives the record", () => {
  const record = new TestRecord({ targets: ["kubernetes"] });
  const check = checked("lcov", {
    title: "Coverage",
    verdict: "fail",
    summary: "12 %.",
    values: { coverage: 12 },
  });
  const said = (text: string) => ({ text, mentions: [sre.id] });
  const assigner = { id: lead.id, assignsAnybody: true };
  record.do(
    engineer,
    addEvidence("mtls-enabled", "e", { kind: "note", text: "Seen." }),
    checkItem("mtls-enabled"),
    clearItem("mtls-enabled"),
    waiveItem("mtls-enabled", "One service.", true),
    clearItem("mtls-enabled"),
    ...addVerdict(record.deployment, "test-coverage", "v", check),
    assignItems(["cdn", "mtls-enabled"], by(engineer), assigner),
    assignItems(["cdn"], null, assigner),
    setDue(["cdn"], "2026-03-05T08:00:00.000Z"),
    addComment("c", "cdn", said("Why?")),
    addComment("d", null, said("A note.")),
    editComment("c", said("Why now?"), engineer.id),
    deleteComment("d", lead.id, true),
    setDue(["cdn"], null),
  );
  record.do(lead, overruleVerdict("v", "Generated code."));
  record.toSignOff();
  record.sign(engineeringLead, "engineering-lead");
  record.do(sre, rejection(record, "devops-sre", sre, "No capacity."));
  record.do(lead, answerRejection("Scaled up.", 1), reopenPhase("final-checks", "Once more."));
  record.complete("final-checks");
  const endsAt = laterBy(record.now, HOUR);
  record.freezes = [{ id: "f", environment: null, startsAt: record.now, endsAt, reason: "Fair" }];
  const lars = person("Lars", "team-lead");
  record.do(lars, liftFreeze(lars, "f", "A fix."));
  record.signAll();
  record.complete("deployment");
  expect(replay("record", record.events)).toEqual(record.deployment);
  for (let count = 1; count < record.events.length; count += 1)
    expect(replay("record", record.events.slice(0, count)).revision).toBe(count);
});
