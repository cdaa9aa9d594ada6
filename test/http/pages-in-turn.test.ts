import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { cookieOf } from "#test/support/action-client.ts";
import { makePerson, makeTeam } from "#test/support/factories.ts";

const PAGES = 60;

test(
  "pages that one person asks by the dozen leave the database to others",
  { timeout: 60_000 },
  async () => {
    const team = await makeTeam();
    const [one, another] = [await cookieOf(team.lead), await cookieOf(await makePerson("engineer", team.id))];
    const { url, database } = inject("app");
    const holder = new Client({ connectionString: database.owner });
    await holder.connect();
    onTestFinished(async () => holder.end());
    // Whatever reads the views that people keep waits, as for a search that takes long.
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE saved_views IN ACCESS EXCLUSIVE MODE");

    const asked = Array.from({ length: PAGES }, async () => {
      const answer = await fetch(`${url}/history`, { headers: { cookie: one } });
      await answer.arrayBuffer();
      return answer.status;
    });
    const waiting = async () => {
      const { rows } = await holder.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted",
      );
      return rows[0]?.count ?? 0;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
    for (let visit = 0; visit < 4; visit += 1)
      expect((await fetch(`${url}/services`, { headers: { cookie: another } })).status).toBe(200);
    // Four of each of at most four processes.
    expect(await waiting()).toBeLessThanOrEqual(16);

    await holder.query("COMMIT");
    expect(await Promise.all(asked)).toEqual(asked.map(() => 200));
  },
);

test("pages that nobody waits for any more leave their turns to others of the same person", async () => {
  const { lead } = await makeTeam();
  const [cookie, { url, database }] = [await cookieOf(lead), inject("app")];
  const holder = new Client({ connectionString: database.owner });
  await holder.connect();
  onTestFinished(async () => holder.end());
  await holder.query("BEGIN");
  await holder.query("LOCK TABLE saved_views IN ACCESS EXCLUSIVE MODE");
  const leaving = AbortSignal.timeout(1_000);
  const left = Array.from({ length: PAGES }, async () =>
    fetch(`${url}/history`, { headers: { cookie }, signal: leaving }).then(
      () => "answered",
      () => "left",
    ),
  );
  expect(await Promise.all(left)).toEqual(left.map(() => "left"));
  await holder.query("COMMIT");
  const began = performance.now();
  for (let visit = 0; visit < 12; visit += 1)
    expect((await fetch(`${url}/services`, { headers: { cookie } })).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(10_000);
});
