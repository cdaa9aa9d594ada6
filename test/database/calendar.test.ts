import { expect, test } from "vitest";
import { findCalendarReader } from "#lib/auth/find-calendar-reader.ts";
import { calendarFile } from "#lib/exports/calendar.ts";
import { calendarFeed } from "#lib/queries/calendar-feed.ts";
import { pool } from "#lib/db/pool.ts";
import { makeCalendarAddress, revokeCalendarAddress } from "#lib/services/calendar-address.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { disablePerson } from "#lib/services/people.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { inSession, makePerson, makeTeam, openRecord, refusalOf } from "#test/support/factories.ts";

const DAY = 86_400_000;
const ORIGIN = "https://sign.example.com";

/** The lines of each event, unfolded, by the record's id. */
function eventsIn(file: string): ReadonlyMap<string, string> {
  expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const unfolded = file.replaceAll("\r\n ", "");
  const events = unfolded.split("BEGIN:VEVENT").slice(1);
  return new Map(events.map((event) => [/UID:deployment-([0-9a-f-]{36})@/.exec(event)?.[1] ?? "", event]));
}

test("an address shows what its person may see, in the span; moved and cancelled records say so under the same name", async () => {
  const team = await makeTeam();
  const other = await makeTeam();
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString();
  const moved = await openRecord(team, { service: "payments, api", deploymentAt: at(3) });
  const late = await openRecord(team, { deploymentAt: at(200) });
  const foreign = await openRecord(other, { deploymentAt: at(3) });
  const token = await makeCalendarAddress(await inSession(team.auditor));
  const read = async () => {
    const reader = await findCalendarReader(token);
    return eventsIn(reader === null ? "" : calendarFile(await calendarFeed(reader), ORIGIN));
  };
  const before = await read();
  expect([...before.keys()]).toEqual([moved]);
  expect(before.get(moved)).toContain(`UID:deployment-${moved}@sign.example.com\r\nSEQUENCE:1\r\n`);
  expect(before.get(moved)).toContain("SUMMARY:payments\\, api 1.0.0 (production)");
  expect(before.get(moved)).toContain(`URL;VALUE=URI:${ORIGIN}/deployments/${moved}`);
  await changeDetails(team.lead, { deploymentId: moved, deploymentAt: "2031-01-01T10:00:00.000Z" });
  expect([...(await read()).keys()]).toEqual([]);
  await changeDetails(team.lead, { deploymentId: moved, deploymentAt: at(5) });
  await cancelDeployment(team.lead, { deploymentId: moved, reason: "Not needed." });
  const after = (await read()).get(moved);
  expect(after).toContain("SEQUENCE:4");
  expect(after).toContain("STATUS:CANCELLED");
  expect((await read()).has(late)).toBe(false);
  expect((await read()).has(foreign)).toBe(false);
});

test("another address, a revocation and a closed account each end it; only its hash is kept", async () => {
  const team = await makeTeam();
  const sre = await inSession(team.sre);
  const first = await makeCalendarAddress(sre);
  const second = await makeCalendarAddress(sre);
  expect(await findCalendarReader(first)).toBeNull();
  expect((await findCalendarReader(second))?.id).toBe(sre.id);
  await revokeCalendarAddress(sre);
  await revokeCalendarAddress(sre);
  expect(await findCalendarReader(second)).toBeNull();
  const third = await makeCalendarAddress(sre);
  await disablePerson(await makePerson("admin", null), { personId: sre.id });
  expect(await findCalendarReader(third)).toBeNull();
  const { rows } = await pool().query<{ row: string }>(
    "SELECT c::text AS row FROM calendar_addresses c UNION ALL SELECT body FROM events",
  );
  for (const { row } of rows) for (const token of [first, second, third]) expect(row).not.toContain(token);
  expect(rows.filter(({ row }) => row.includes("person.calendar-address-")).length).toBe(6);
});

test("it is made in a session, with a fresh proof", async () => {
  const team = await makeTeam();
  expect(await refusalOf(makeCalendarAddress(team.lead))).not.toBeNull();
  const stale = await inSession(team.lead);
  const session = { ...stale.session, provenAt: new Date(Date.now() - DAY).toISOString() };
  expect(await refusalOf(makeCalendarAddress({ ...stale, session }))).toBe("step-up-required");
});
