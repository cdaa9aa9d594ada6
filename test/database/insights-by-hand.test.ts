import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeploymentFacts, Insights } from "#lib/domain/insights.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { answerRejection, rejectApproval } from "#lib/services/approvals.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { completePhase, startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import { viewInsights, type InsightsView } from "#lib/queries/view-insights.ts";
import { moveClock } from "#test/support/database.ts";
import {
  finishPhase,
  load,
  makeTeam,
  openRecord,
  PASSWORD,
  sign,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

/*
 * The clock stands at the minutes on the left; real time passes too, seconds of it.
 *
 *        well                      back                        again (the successor of back)   never
 *   0    opened, ready to sign     opened, ready to sign
 *  10    lead and SRE sign
 *  20    security, product; T-0    all four sign; T-0
 *  25                              the rollback is triggered
 *  30                              reverted, healthy, tested
 *  40                              the rest is settled, ends    opened, ready to sign           opened
 *  42                                                          lead signs, SRE rejects         cancelled
 *  45                                                          answered: a second round
 *  48                                                          all four sign; T-0
 *  52    completed
 */
const at = (minutes: number) => moveClock(minutes * MINUTE);

let team: Team;
let view: InsightsView;

beforeAll(async () => {
  team = await makeTeam();
  at(0);
  // Planned for minute 30, so its first phase was due at minute -30, and its second is at 30.
  const deploymentAt = new Date(Date.now() + 30 * MINUTE).toISOString();
  const well = await openRecord(team, { service: "well", deploymentAt });
  const back = await openRecord(team, { service: "back" });
  await toSignOff(team, well);
  await toSignOff(team, back);
  at(10);
  await sign(well, team.engineeringLead, "engineering-lead");
  await sign(well, team.sre, "devops-sre");
  at(20);
  await sign(well, team.security, "security");
  await sign(well, team.product, "product");
  await signAll(team, back);
  for (const id of [well, back]) await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  await finishPhase(team, well, "deployment");
  at(25);
  await triggerRollback(team.engineer, { deploymentId: back, reason: "The error rate rose." });
  await settleRollback(back, ["immediate-actions"]);
  at(30);
  await settleRollback(back, ["rollback-steps"]);
  at(40);
  await settleRollback(back, ["recovery"]);
  await completePhase(team.engineer, { deploymentId: back, phase: "rollback" });
  const again = await openRecord(team, { service: "again", predecessorId: back });
  const never = await openRecord(team, { service: "never" });
  await toSignOff(team, again);
  at(42);
  await cancelDeployment(team.lead, { deploymentId: never, reason: "The customer asked for a later date." });
  await sign(again, team.engineeringLead, "engineering-lead");
  await reject(again);
  at(45);
  await answerRejection(team.lead, { deploymentId: again, round: 1, answer: "The runbook has it now." });
  at(48);
  await signAll(team, again);
  await startPhase(team.engineer, { deploymentId: again, phase: "deployment" });
  at(52);
  await finishPhase(team, well, "post-deployment");
  await finishPhase(team, well, "follow-up");
  view = await viewInsights(team.lead, { weeks: 1 });
});

afterAll(() => {
  at(0);
});

test("how many, of which kind", () => {
  expect(view.insights).toMatchObject({ deployed: 3, failed: 1, reworked: 1, running: 1, cancelled: 1 });
  const sum = (key: "completed" | "rolledBack" | "running") =>
    view.insights.weeks.reduce((total, week) => total + week[key], 0);
  expect([sum("completed"), sum("rolledBack"), sum("running")]).toEqual([1, 1, 1]);
});

test("lead time: 20, 20 and 8 minutes", () => {
  // In order 8, 20, 20.
  expect(minutesOf(view.insights.leadTime)).toEqual({ count: 3, median: 20, p90: 20 });
});

test("recovery: from the trigger at 25 to the tests that passed at 30, not to the end at 40", () => {
  expect(minutesOf(view.insights.recovery)).toEqual({ count: 1, median: 5, p90: 5 });
});

test("each signature's wait, by itself", () => {
  expect(waitsOf("well")).toEqual([
    ["engineering-lead", 10],
    ["devops-sre", 0],
    ["security", 10],
    ["product", 0],
  ]);
  expect(waitsOf("back")).toEqual([
    ["engineering-lead", 20],
    ["devops-sre", 0],
    ["security", 0],
    ["product", 0],
  ]);
  expect(waitsOf("again")).toEqual([
    ["engineering-lead", 2],
    ["devops-sre", 0],
    // The second round began when the rejection was answered.
    ["engineering-lead", 3],
    ["devops-sre", 0],
    ["security", 0],
    ["product", 0],
  ]);
  // The lead's 2, 3, 10, 20: between 3 and 10 lies 6.5; 0.9 of three steps is 2.7, between 10 and 20.
  const lead = view.insights.waits.find(({ key }) => key === "engineering-lead")?.spread ?? null;
  expect(minutesOf(lead)).toEqual({ count: 4, median: 6.5, p90: 17 });
});

test("the time in each phase: the last two of the one record that went through them", () => {
  const phases = view.insights.phases.map(({ key, spread }) => [key, minutesOf(spread)]);
  expect(phases).toEqual([
    ["pre-deployment", { count: 3, median: 0, p90: 0 }],
    ["final-checks", { count: 3, median: 0, p90: 0 }],
    ["deployment", { count: 1, median: 0, p90: 0 }],
    ["post-deployment", { count: 1, median: 32, p90: 32 }],
    ["follow-up", { count: 1, median: 0, p90: 0 }],
  ]);
});

test("rates of items: of the records that ended, those in which the item was settled", () => {
  const rate = (key: string) => view.items.find((item) => item.key === key);
  // Settled in both records that ended, in one of them half an hour after it was due.
  expect(rate("secrets-rotated")).toMatchObject({ records: 2, waived: 0, late: 1 });
  expect(rate("database-backup")).toMatchObject({ records: 2, waived: 0, late: 0 });
  // The rollback's list was opened in one, the phase after the deployment in the other.
  expect(rate("rollback-hotfix")).toMatchObject({ records: 1, waived: 1, late: 0 });
  expect(rate("rollback-hotfix")?.title).toBe("Create hotfix if needed");
  expect(rate("rollback-revert")).toMatchObject({ records: 1, waived: 0, late: 0 });
  expect(rate("health-checks-green")).toMatchObject({ records: 1, waived: 1, late: 0 });
});

async function settleRollback(id: string, sections: readonly string[]): Promise<void> {
  const { rollback } = (await load(id)).checklist;
  for (const { items } of rollback.sections.filter(({ key }) => sections.includes(key)))
    for (const { key } of items) {
      const waived = key === "rollback-monitor" || key === "rollback-hotfix";
      const reason = "not in this test";
      await (waived
        ? settleItem(team.lead, id, { item: key, to: "not-applicable", reason })
        : settleItem(team.engineer, id, { item: key, to: "done" }));
    }
}

async function reject(id: string): Promise<void> {
  await rejectApproval(team.sre, {
    deploymentId: id,
    role: "devops-sre",
    digest: contentDigest(await load(id)),
    proof: { kind: "password", password: PASSWORD },
    reason: "No runbook.",
  });
}

function waitsOf(service: string) {
  const waits: DeploymentFacts["waits"] =
    view.records.find((record) => record.service === service)?.waits ?? [];
  return waits.map(({ role, from, to }) => [role, inMinutes(Date.parse(to ?? "") - Date.parse(from ?? ""))]);
}

function minutesOf(spread: Insights["leadTime"]) {
  if (spread === null) return null;
  return { count: spread.count, median: inMinutes(spread.median), p90: inMinutes(spread.p90) };
}

// To the half: what the test itself takes are seconds.
function inMinutes(milliseconds: number): number {
  return Math.round((milliseconds / MINUTE) * 2) / 2;
}
