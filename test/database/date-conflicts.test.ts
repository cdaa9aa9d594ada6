import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { createFreeze } from "#lib/services/freezes.ts";
import { viewCalendar } from "#lib/queries/calendar.ts";
import { dateConflicts } from "#lib/queries/date-conflicts.ts";
import { listDeployments } from "#lib/queries/list-deployments.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

test("a date in a freeze or near another deployment is warned of, and nothing is refused", async () => {
  const team = await makeTeam();
  const environment = `env-${randomUUID().slice(0, 8)}`;
  const at = (hours: number) => laterBy(now(), hours * HOUR);
  const open = async (hours: number) =>
    openRecord(team, { environment, service: environment, deploymentAt: at(hours) });
  const [first, second, third] = [await open(48), await open(71), await open(96)];
  const freezeId = await createFreeze(team.lead, {
    team: team.name,
    environment,
    startsAt: at(60),
    endsAt: at(80),
    reason: "Holidays",
  });
  const plan = { team: team.name, service: environment, environment: environment.toUpperCase() };
  const conflicts = await dateConflicts(team.lead, { ...plan, at: at(70) });
  expect(conflicts.freezes.map(({ id }) => id)).toEqual([freezeId]);
  expect(conflicts.overlaps.map(({ id }) => id)).toEqual([first, second]);
  const { rows } = await listDeployments(team.engineer, { search: environment, limit: 10 });
  expect(rows.map(({ id, freeze, overlaps }) => [id, freeze, overlaps])).toEqual([
    [third, null, false],
    [second, "Holidays", true],
    [first, null, true],
  ]);
  const { entries } = await viewCalendar(team.engineer, { from: at(0), to: at(200), environment });
  expect(entries.map(({ id, overlaps }) => [id, overlaps])).toEqual([
    [first, true],
    [second, true],
    [third, false],
  ]);
  const others = await makeTeam();
  expect((await dateConflicts(others.lead, { ...plan, at: at(70) })).overlaps).toEqual([]);
  expect((await viewCalendar(others.engineer, { from: at(0), to: at(200), environment })).entries).toEqual(
    [],
  );
});
