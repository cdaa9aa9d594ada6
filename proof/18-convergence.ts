import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { percentile } from "../bench/percentile.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ensureBuild } from "#scripts/runtime/build.ts";
import { liveEvent } from "#lib/queries/live-event.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { plainItems } from "#test/support/crowd.ts";
import { load, makeTeam, openRecord } from "#test/support/factories.ts";
import { startServers, type Servers } from "#test/support/several-servers.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase, type ProofDatabase } from "./support/database.ts";
import { makeCrowd } from "./support/people.ts";
import { startListener, type Listener } from "./support/listener.ts";
import { randomFrom, type Random } from "./support/random.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";

export const title = "Screens converge";
export const sizes = { unit: "listeners", ci: 100, long: 500 };

const CHANGES = 150;
const LISTENERS_PER_PERSON = 10;

/**
 * So many listeners on one record, behind nginx and two servers. While 150 changes are made, random
 * listeners are cut and come back from the event seen last, and the servers' own listening
 * connections are cut too. In the end each must hold exactly the record's history, in order.
 */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  await ensureBuild(".next-test", report);
  return withDatabase(async (database) => {
    const servers = await startServers(2, {
      appDatabaseUrl: database.urls.app,
      secret: database.secret,
      signingKey: database.signingKey,
    });
    try {
      return await converge(size, report, randomFrom(seed), database, servers);
    } finally {
      await servers.stop();
    }
  });
}

async function converge(
  size: number,
  report: Report,
  random: Random,
  database: ProofDatabase,
  servers: Servers,
): Promise<Figures> {
  const team = await makeTeam();
  const id = await openRecord(team);
  const people = await makeCrowd(Math.ceil(size / LISTENERS_PER_PERSON), "auditor", team.id);
  const cookies = await Promise.all(
    people.map(async (person) => `${SESSION_COOKIE}=${await sessionOf(person)}`),
  );
  const listeners: Listener[] = [];
  for (let index = 0; index < size; index += 1) {
    const cookie = cookies[index % cookies.length] ?? "";
    listeners.push(await startListener(`${servers.url}/api/live?deployment=${id}`, cookie));
  }
  report(`${size} listeners stand`);

  const committedAt = new Map<number, number>();
  const items = await plainItems(id, 12);
  let cuts = 0;
  for (let change = 0; change < CHANGES; change += 1) {
    const item = random.pick(items);
    const { items: states, revision } = await load(id);
    await settleItem(random.pick([team.engineer, team.engineer2, team.lead]), id, {
      item,
      to: (states[item]?.status ?? "open") === "open" ? "done" : "open",
    });
    const at = performance.now();
    for (let seq = revision + 1; seq <= (await load(id)).revision; seq += 1) committedAt.set(seq, at);
    if (random.below(3) === 0) {
      random.pick(listeners).cut(random.below(800));
      cuts += 1;
    }
    if (change % 50 === 25) await cutServers(database);
    await sleep(random.below(40));
  }

  const events = await history(database, id);
  const last = events.length;
  for (let wait = 0; wait < 100 && listeners.some(({ received }) => received.length < last); wait += 1)
    await sleep(100);
  const expected = JSON.stringify(events);
  for (const { received } of listeners)
    hold(
      JSON.stringify(received.map(({ event }) => event)) === expected,
      `a listener holds ${received.length} of ${last} events, or others`,
    );
  await holdViews(servers, id, cookies);

  const delays = listeners.flatMap(({ received }) =>
    received.flatMap(({ event, at, live }) => {
      const committed = committedAt.get(event.seq);
      return committed === undefined || !live ? [] : [Math.max(0, at - committed)];
    }),
  );
  for (const listener of listeners) listener.stop();
  const p95 = percentile(delays, 95);
  hold(p95 < 1_000, `p95 is ${p95.toFixed(0)} ms`);
  return {
    events: last,
    cuts,
    "listeners equal to the database": listeners.length,
    "p50 ms": Math.round(percentile(delays, 50)),
    "p95 ms": Math.round(p95),
  };
}

async function cutServers({ superuser }: ProofDatabase): Promise<void> {
  await superuser.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countersign-listener'",
  );
}

async function history({ superuser }: ProofDatabase, id: string) {
  const { rows } = await superuser.query<{ body: string }>(
    "SELECT body FROM events WHERE stream_id = $1::uuid ORDER BY seq",
    [id],
  );
  return rows.map(({ body }) => liveEvent(body));
}

const viewSchema = z.object({ revision: z.number() });

// What a page shows is read anew at a revision; every person's must be the last.
async function holdViews({ each }: Servers, id: string, cookies: readonly string[]): Promise<void> {
  const { revision } = await load(id);
  for (const cookie of cookies)
    for (const { url } of each) {
      const answer = await fetch(`${url}/api/v1/deployments/${id}`, { headers: { cookie } });
      const view = viewSchema.parse(await answer.json());
      hold(view.revision === revision, `a view is at revision ${view.revision} of ${revision}`);
    }
}
