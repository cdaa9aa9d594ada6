import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { startWorker } from "#lib/jobs/start-worker.ts";
import { addWebhook } from "#lib/services/webhooks.ts";
import { inSession, makeTeam, openRecord, toSignOff, type Team } from "#test/support/factories.ts";
import { startHealthService } from "#test/support/peers/health-service.ts";
import { startHeldService } from "#test/support/peers/held-service.ts";

const WEBHOOKS = 16;
const AT_ONCE = 3;
const stops: (() => unknown)[] = [];

afterAll(async () => {
  for (const stop of stops) await stop();
});

test("receivers of one team that do not answer keep no other team's news waiting, and take no more than their share", async () => {
  const held = await startHeldService();
  const fast = await startHealthService();
  stops.push(held.stop, fast.stop);
  const [slowTeam, fastTeam] = [await makeTeam(), await makeTeam()];
  for (let count = 0; count < WEBHOOKS; count += 1) await hear(slowTeam, held.url);
  await hear(fastTeam, fast.url);
  const [slowRecord, fastRecord] = [await openRecord(slowTeam), await openRecord(fastTeam)];
  const worker = await startWorker();
  stops.push(worker.stop);
  await toSignOff(slowTeam, slowRecord);
  await eventually(() => held.waiting() > 0);
  await toSignOff(fastTeam, fastRecord);
  await eventually(async () => (await messagesOf(fastTeam)).delivered === 1);
  expect((await messagesOf(slowTeam)).untried).toBeGreaterThan(0);
  expect(held.mostAtOnce()).toBeLessThanOrEqual(AT_ONCE);
});

async function hear({ id: teamId, lead }: Team, url: string): Promise<void> {
  const hook = { teamId, kind: "slack" as const, name: "hook", url, news: ["turn" as const] };
  await addWebhook(await inSession(lead), hook);
}

async function messagesOf({ id }: Team) {
  const { rows } = await pool().query<{ delivered: number; untried: number }>(
    `SELECT count(m.delivered_at)::int AS delivered, count(*) FILTER (WHERE m.attempts = 0)::int AS untried
       FROM message_deliveries m JOIN team_webhooks w ON w.id = m.webhook_id WHERE w.team_id = $1`,
    [id],
  );
  return rows[0] ?? { delivered: 0, untried: 0 };
}

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error("it never came to be so");
}
