import { beforeAll, expect, test } from "vitest";
import { startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import { listAccesses } from "#lib/queries/list-accesses.ts";
import { exportInsights, viewInsights } from "#lib/queries/view-insights.ts";
import { moveClock } from "#test/support/database.ts";
import {
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { MINUTE } from "#lib/domain/time.ts";

// Less than the hour after which a backup is too old to begin the deployment.
const WAIT = 20 * MINUTE;

let team: Team;
let others: Team;

beforeAll(async () => {
  team = await makeTeam();
  others = await makeTeam();
  for (const [index, service] of ["first", "second"].entries()) {
    const id = await openRecord(team, { service });
    await toSignOff(team, id);
    moveClock((index + 1) * WAIT);
    await signAll(team, id);
    await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
    if (service === "second")
      await triggerRollback(team.engineer, { deploymentId: id, reason: "The error rate rose." });
  }
  await openRecord(others, { service: "first" });
});

test("a lead sees what the records of the team say, and no others", async () => {
  const { insights, records, truncated } = await viewInsights(team.lead, { weeks: 4 });
  expect(truncated).toBe(false);
  expect(records.map(({ service }) => service).toSorted()).toEqual(["first", "second"]);
  expect(insights.deployed).toBe(2);
  expect(insights.weeks.reduce((sum, { running }) => sum + running, 0)).toBe(1);
  expect(insights.weeks.reduce((sum, { rolledBack }) => sum + rolledBack, 0)).toBe(1);
  expect(insights.leadTime?.median).toBeGreaterThanOrEqual(WAIT);
  expect(insights.phases.map(({ key }) => key)).toEqual(["pre-deployment", "final-checks"]);
  const [lead, ...rest] = insights.waits;
  expect(lead?.spread.median).toBeGreaterThanOrEqual(WAIT);
  expect(rest).toHaveLength(3);
  for (const { spread } of rest) expect(spread.median).toBeLessThan(WAIT);
});

test("filters choose by service, environment and team", async () => {
  const of = async (filter: object) =>
    (await viewInsights(team.lead, { weeks: 4, ...filter })).records.length;
  expect(await of({ service: "second" })).toBe(1);
  expect(await of({ environment: "nowhere" })).toBe(0);
  expect(await of({ team: "nobody's" })).toBe(0);
});

test("taking them out leaves a line in the access log, with what was asked", async () => {
  expect(await exportInsights(team.lead, { weeks: 4, service: "second" })).toHaveLength(1);
  const { accesses } = await listAccesses(await makePerson("auditor", null), { limit: 50 });
  expect(accesses.filter(({ act }) => act === "exported").map(({ subject, who }) => [subject, who])).toEqual([
    ["insights as csv: weeks “4”, service “second”", team.lead.name],
  ]);
  expect(await refusalOf(exportInsights(team.engineer, { weeks: 4 }))).toBe("forbidden");
});

test("engineers and approvers see none", async () => {
  expect(await refusalOf(viewInsights(team.engineer, { weeks: 4 }))).toBe("forbidden");
  expect(await refusalOf(viewInsights(team.security, { weeks: 4 }))).toBe("forbidden");
  expect((await viewInsights(others.lead, { weeks: 4 })).records).toEqual([]);
});
