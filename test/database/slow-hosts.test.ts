import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { jobQueue } from "#lib/db/job-queue.ts";
import { pool } from "#lib/db/pool.ts";
import { startWorker } from "#lib/jobs/start-worker.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { startHealthService } from "#test/support/peers/health-service.ts";
import { startHeldService } from "#test/support/peers/held-service.ts";

/** More than one worker would get through one after another, before this test gives up. */
const SLOW_RECORDS = 8;
const AT_ONCE = 2;
const stops: (() => unknown)[] = [];

afterAll(async () => {
  for (const stop of stops) await stop();
});

test("hosts of one team that do not answer keep no other team waiting, and take no more than their share", async () => {
  const held = await startHeldService();
  const fast = await startHealthService();
  stops.push(held.stop, fast.stop);
  const [slowTeam, fastTeam] = [await makeTeam(), await makeTeam()];
  for (let count = 0; count < SLOW_RECORDS; count += 1) await recordAt(slowTeam, held.url);
  const worker = await startWorker();
  stops.push(worker.stop);
  await sweep();
  await eventually(() => held.waiting() === AT_ONCE);
  const id = await recordAt(fastTeam, fast.url);
  await sweep();
  await eventually(async () => (await load(id)).evidence.length > 0);
  expect(await lookedAt(slowTeam)).toBeLessThan(SLOW_RECORDS);
  expect(held.mostAtOnce()).toBe(AT_ONCE);
  const { evidence } = await load(id);
  expect(evidence.map(({ content }) => content)).toMatchObject([{ checker: "http-health", verdict: "pass" }]);
});

async function recordAt(team: Team, url: string): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [url] } } });
  return id;
}

async function sweep(): Promise<void> {
  await (await jobQueue()).send("sweep-checks", {});
}

async function lookedAt(team: Team): Promise<number> {
  const { rows } = await pool().query<{ records: number }>(
    "SELECT count(*)::int AS records FROM check_runs r JOIN deployments d ON d.id = r.deployment_id WHERE d.team_id = $1",
    [team.id],
  );
  return rows[0]?.records ?? 0;
}

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error("it never came to be so");
}
