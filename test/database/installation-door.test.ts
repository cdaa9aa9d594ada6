import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { endFreeze } from "#lib/services/freezes.ts";
import { disablePerson } from "#lib/services/people.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { inSession, makePerson, makeTeam, refusalOf } from "#test/support/factories.ts";

const FLOOD = 60;
const MOST_WAITING = 20;

test("a flood of one person's changes keeps nobody else waiting, and holds no connections", async () => {
  const team = await makeTeam();
  const admin = await inSession(await makePerson("admin", null));
  const victim = await makePerson("engineer", team.id);
  const answers: string[] = [];
  const said = async (who: string, change: Promise<unknown>) => {
    const refusal = await refusalOf(change);
    answers.push(`${who}: ${refusal ?? "done"}`);
    return refusal;
  };
  const flood = await changeInstallation(SYSTEM, async () => {
    const sent = Array.from({ length: FLOOD }, async () =>
      said("lead", endFreeze(team.lead, { freezeId: randomUUID() })),
    );
    const closed = said("admin", disablePerson(admin, { personId: victim.id }));
    await expect.poll(() => answers.length).toBe(FLOOD - MOST_WAITING);
    expect(await waitingForLocks()).toBe(0);
    return { result: { closed, sent }, events: [] };
  });
  expect(await flood.closed).toBeNull();
  const refusals = await Promise.all(flood.sent);
  expect(refusals.filter((refusal) => refusal === "not-found")).toHaveLength(MOST_WAITING);
  expect(refusals.filter((refusal) => refusal === "rate-limited")).toHaveLength(FLOOD - MOST_WAITING);
  // Those that were refused at once, one of the flood at most, and then the admin.
  expect(answers.indexOf("admin: done")).toBeLessThanOrEqual(FLOOD - MOST_WAITING + 1);
  expect(await refusalOf(endFreeze(team.lead, { freezeId: randomUUID() }))).toBe("not-found");
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows[0]?.waiting ?? 0;
}
