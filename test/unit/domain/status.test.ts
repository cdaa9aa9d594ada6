import { expect, test } from "vitest";
import { answerRejection } from "#lib/domain/approvals.ts";
import { checkItem } from "#lib/domain/checklist-items.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import {
  awaitedRoles,
  phaseState,
  STATUS_TITLES,
  statusOf,
  STATUSES,
  summarize,
} from "#lib/domain/status.ts";
import { CAST } from "#test/support/people.ts";
import { rejection, TestRecord } from "#test/support/records.ts";

const { lead, engineer, engineeringLead, sre } = CAST;
const SEQUENCE = ["pre-deployment", "final-checks", "deployment", "post-deployment", "follow-up", "rollback"];

const statesOf = (record: TestRecord) => SEQUENCE.map((key) => phaseState(record.deployment, key)).join(" ");
const told = (record: TestRecord) => [
  STATUS_TITLES[statusOf(record.deployment)],
  awaitedRoles(record.deployment),
  statesOf(record),
];

test("a record's status, whom it awaits and which phase is open, all the way to its end", () => {
  const record = new TestRecord();
  expect(told(record)).toEqual(["In progress", [], "open locked locked locked locked locked"]);
  record.complete("pre-deployment");
  expect(told(record)).toEqual(["In progress", [], "completed open locked locked locked locked"]);
  record.complete("final-checks");
  const waiting = "completed completed locked locked locked locked";
  expect(told(record)).toEqual(["Awaiting sign-off", ["engineering-lead"], waiting]);
  record.sign(engineeringLead, "engineering-lead");
  record.do(sre, rejection(record, "devops-sre", sre, "No capacity."));
  expect(told(record)).toEqual(["Rejected", [], waiting]);
  record.do(lead, answerRejection("Scaled up.", 1));
  record.signAll();
  expect(told(record)).toEqual(["Go: ready for T-0", [], waiting]);
  record.do(engineer, startPhase("deployment"));
  expect(told(record)).toEqual(["In progress", [], "completed completed open locked locked locked"]);
  for (const phase of ["deployment", "post-deployment", "follow-up"]) record.complete(phase);
  expect(told(record)).toEqual(["Completed", [], "completed completed completed completed completed locked"]);
});

test("a rollback opens its own list and locks the others; its end locks all that is not complete", () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  record.do(engineer, startPhase("deployment"), triggerRollback("Errors."));
  expect(told(record)).toEqual(["Rolling back", [], "completed completed locked locked locked open"]);
  record.complete("rollback");
  expect(told(record)).toEqual(["Rolled back", [], "completed completed locked locked locked completed"]);
});

test("a cancelled record is open nowhere", () => {
  const record = new TestRecord();
  record.do(lead, cancelDeployment("Another day."));
  expect(told(record)).toEqual(["Cancelled", [], "locked locked locked locked locked locked"]);
});

test("a sign-off at close-out is awaited after the last phase alone", () => {
  const record = new TestRecord({ place: "close-out" });
  record.complete("pre-deployment");
  record.complete("final-checks");
  expect(told(record).slice(0, 2)).toEqual(["In progress", []]);
  for (const phase of ["deployment", "post-deployment", "follow-up"]) record.complete(phase);
  expect(told(record).slice(0, 2)).toEqual(["Awaiting sign-off", ["engineering-lead"]]);
});

test("the board counts what is settled, phase by phase, and shows the rollback only where there is one", () => {
  const record = new TestRecord();
  record.do(engineer, checkItem("mtls-enabled"), checkItem("cdn"));
  const { phases, rollback } = summarize(record.deployment);
  expect(phases.map(({ key }) => key)).toEqual(SEQUENCE.slice(0, -1));
  expect(phases[0]).toEqual({
    key: "pre-deployment",
    title: "Pre-deployment",
    label: "T-7 d",
    state: "open",
    done: 2,
    total: 37,
  });
  expect(phases[1]).toMatchObject({ title: "Final checks", state: "locked", done: 0, total: 6 });
  expect(rollback).toBeNull();
  record.toSignOff();
  record.signAll();
  record.do(engineer, startPhase("deployment"), triggerRollback("Errors."));
  record.do(engineer, checkItem("rollback-notify-on-call"));
  expect(summarize(record.deployment).rollback).toMatchObject({ state: "open", done: 1, total: 11 });
});

test("every status has its own title", () => {
  expect(new Set(STATUSES.map((status) => STATUS_TITLES[status])).size).toBe(STATUSES.length);
});
