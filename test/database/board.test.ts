import { expect, test } from "vitest";
import { z } from "zod";
import { now } from "#lib/clock.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { pool } from "#lib/db/pool.ts";
import { boardStatement, countFitting, listBoard } from "#lib/queries/board.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import { moveClock } from "#test/support/database.ts";
import { makeTeam, openRecord, sign, signAll, toSignOff, type Team } from "#test/support/factories.ts";

const planned = (team: Team, hours: number) =>
  openRecord(team, { deploymentAt: new Date(Date.now() + hours * HOUR).toISOString() });

async function live(team: Team): Promise<string> {
  const id = await openRecord(team);
  await toSignOff(team, id);
  await signAll(team, id);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  return id;
}

const cancel = (team: Team, deploymentId: string) =>
  cancelDeployment(team.lead, { deploymentId, reason: "Not needed." });

/** The ids of each page in turn; `between` happens after the first. */
async function pagesOf(actor: Actor, limit: number, between?: () => Promise<unknown>) {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listBoard(actor, { limit, cursor });
    ids.push(...page.rows.map(({ id }) => id));
    if (cursor === undefined) await between?.();
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

test("what is most urgent comes first, page by page, and what ends in the meantime is met at the end", async () => {
  const team = await makeTeam();
  const [ended, later, soon, over] = [
    await planned(team, 1),
    await planned(team, 48),
    await planned(team, 2),
    await planned(team, -3),
  ];
  const begun = await live(team);
  const newer = await live(team);
  const back = await live(team);
  await triggerRollback(team.engineer, { deploymentId: back, reason: "The error rate rose." });
  await cancel(team, ended);
  const order = [back, newer, begun, over, soon, later, ended];
  for (const limit of [1, 2, 3, 10]) expect(await pagesOf(team.lead, limit)).toEqual(order);
  expect(await pagesOf(team.lead, 2, () => cancel(team, soon))).toEqual([
    back,
    newer,
    begun,
    over,
    later,
    soon,
    ended,
  ]);
  expect(await countFitting(team.lead, { status: ["cancelled"] })).toBe(2);
});

test("a line at its gate says until when its phases hold, and that something of them went stale", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const line = async () => (await listBoard(team.lead, { limit: 1 })).rows[0];
  expect(await line()).toMatchObject({ trouble: null, holdsUntil: null });
  await toSignOff(team, id);
  const at = now();
  const { trouble, holdsUntil } = (await line()) ?? {};
  expect(trouble).toBeNull();
  expect(holdsUntil?.localeCompare(at)).toBe(1);
  expect(holdsUntil?.localeCompare(laterBy(at, HOUR))).toBeLessThan(1);
  moveClock(2 * HOUR);
  expect((await line())?.trouble).toBe("requirement-stale");
  moveClock(0);
});

test("a line says what happened last, and whether it waits for its reader", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const lineFor = async (actor: Actor) => (await listBoard(actor, { limit: 1 })).rows[0];
  expect(await lineFor(team.lead)).toMatchObject({
    lastEvent: `${team.lead.name} opened it`,
    awaitsMe: false,
  });
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  expect((await lineFor(team.sre))?.lastEvent).toMatch(new RegExp(`^${team.engineer.name} ticked “`));
  await toSignOff(team, id);
  expect(await lineFor(team.sre)).toMatchObject({
    awaitsMe: false,
    awaitsMeAs: null,
    gatePhase: "deployment",
  });
  expect(await lineFor(team.engineeringLead)).toMatchObject({
    awaitsMe: true,
    awaitsMeAs: "engineering-lead",
  });
  await sign(id, team.engineeringLead, "engineering-lead");
  expect(await lineFor(team.sre)).toMatchObject({
    lastEvent: `${team.engineeringLead.name} approved as Engineering Lead`,
    awaitsMeAs: "devops-sre",
  });
});

test("another team's records are not there", async () => {
  const [team, stranger] = [await makeTeam(), await makeTeam()];
  await cancel(team, await openRecord(team));
  expect((await listBoard(stranger.lead, { limit: 10 })).rows).toEqual([]);
});

test("a page is read off its index, from where the one before it ended", async () => {
  const team = await makeTeam();
  for (const after of [null, { at: "200000000000000", id: await openRecord(team) }]) {
    const client = await pool().connect();
    try {
      await client.query("BEGIN");
      // The tables are too small for an index to pay.
      await client.query(
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off",
      );
      const { name: _name, text, values } = boardStatement(team.lead, { limit: 25 }, after);
      const { rows } = await client.query(`EXPLAIN ${text}`, values);
      const plan = lines
        .parse(rows)
        .map((row) => row["QUERY PLAN"])
        .join("\n");
      expect(plan).toContain("Index Scan using deployments_board_idx");
      expect(plan.includes("Index Cond: (ROW(")).toBe(after !== null);
      expect(plan).toContain("Index Cond: ((stream_id = d.id) AND (seq = d.revision))");
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  }
});

const lines = z.array(z.object({ "QUERY PLAN": z.string() }));
