import { expect, test } from "vitest";
import { DAY, HOUR, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { makeCalendarAddress, revokeCalendarAddress } from "#lib/services/calendar-address.ts";
import { createFreeze, endFreeze } from "#lib/services/freezes.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { endOtherSessions } from "#lib/services/sessions.ts";
import { createToken, revokeToken } from "#lib/services/tokens.ts";
import { getDeploymentEvent, searchEvents } from "#lib/queries/list-events.ts";
import { moveClock } from "#test/support/database.ts";
import { inSession, makePerson, makeTeam, openRecord, PASSWORD, refusalOf } from "#test/support/factories.ts";

/** The first refusal of many tries in turn, and at which of them it came. */
async function firstRefusal(most: number, attempt: (index: number) => Promise<unknown>) {
  for (let index = 0; index < most; index += 1) {
    const refusal = await refusalOf(attempt(index));
    if (refusal !== null) return [index, refusal];
  }
  return null;
}

test("one person adds no end of events to the history that every verification reads", async () => {
  const { engineer } = await makeTeam();
  const actor = await inSession(engineer);
  await createToken(actor, { name: "CI", scopes: ["read"], days: 1 });
  expect(await firstRefusal(250, async () => makeCalendarAddress(actor))).toEqual([199, "rate-limited"]);
  // What ends access, or is one's own again, waits for nobody: it may be a thief who has used all of it up.
  const { id: tokenId } = await prisma().apiToken.findFirstOrThrow({ where: { userId: actor.id } });
  expect(await refusalOf(revokeToken(actor, { tokenId }))).toBeNull();
  expect(await refusalOf(revokeCalendarAddress(actor))).toBeNull();
  const password = { current: PASSWORD, password: "another one for the test" };
  expect(await refusalOf(changeOwnPassword(actor, password))).toBeNull();
  moveClock(HOUR);
  expect(await refusalOf(makeCalendarAddress(await inSession(engineer)))).toBeNull();
  moveClock(0);
});

test("a team has no more freezes ahead than it can look through", async () => {
  const { lead, name } = await makeTeam();
  const window = (environment: string) => ({
    team: name,
    environment,
    startsAt: laterBy(now(), DAY),
    endsAt: laterBy(now(), 2 * DAY),
    reason: "Holidays",
  });
  const ids: string[] = [];
  const create = async (index: number) => ids.push(await createFreeze(lead, window(`env-${index}`)));
  expect(await firstRefusal(60, create)).toEqual([50, "conflict"]);
  await endFreeze(lead, { freezeId: ids[0] ?? "" });
  expect(await refusalOf(create(99))).toBeNull();
});

test("nobody buries what they looked at, or what happened to their account", async () => {
  const { engineer } = await makeTeam();
  const auditor = await makePerson("auditor", null);
  const search = async (index: number) => searchEvents(auditor, { text: `word ${index}`, limit: 1 });
  expect(await firstRefusal(1_050, search)).toEqual([1_000, "rate-limited"]);
  const { rows } = await pool().query<{ lines: number }>(
    "SELECT count(*)::int AS lines FROM access_log WHERE actor_id = $1",
    [auditor.id],
  );
  expect(rows[0]?.lines).toBe(1_000);
  const record = await openRecord(await makeTeam());
  expect(await refusalOf(getDeploymentEvent(auditor, record, 1))).toBe("rate-limited");
  const actor = await inSession(engineer);
  for (let index = 0; index < 3; index += 1) await endOtherSessions(actor);
  const ended = { userId: engineer.id, kind: "session.ended-others" };
  expect(await prisma().securityLogEntry.count({ where: ended })).toBe(0);
});
