import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { z } from "zod";
import { jobQueue, JOBS_SCHEMA } from "#lib/db/job-queue.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { createTokenFor } from "#lib/services/tokens.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { plainItems } from "#test/support/crowd.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { memoryBelow } from "#test/support/process-memory.ts";
import { withAppServer } from "./support/app-server.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { startListener, type Listener } from "./support/listener.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";

export const title =
  "A restart of the database is survived: under load no process of the app ends, it is ready again within ten seconds, and live streams miss nothing";
export const sizes = { unit: "restarts", ci: 10, long: 50 };

const WRITERS = 6;
const READY_MS = 10_000;
const answered = z.object({ revision: z.number() });

/** At which revision of a record a writer was told that a change stands. */
type Acknowledged = { readonly id: string; readonly revision: number };

/** Stops and kills Postgres in turn under writers and a live stream, and looks at what is left of the app. */
export async function run(size: number, report: Report): Promise<Figures> {
  return withDatabase(
    async (database) =>
      withAppServer(database, async (url, { process: primary }) => {
        // The connections that break say so.
        console.warn = () => undefined;
        const team = await makeTeam();
        const writers = await startWriters(url, team);
        const quiet = await openRecord(team);
        const cookie = `${SESSION_COOKIE}=${await sessionOf(team.lead)}`;
        const listener = await startListener(`${url}/api/live?deployment=${quiet}`, cookie);
        const processes = pidsOf(primary.pid);
        let slowest = 0;
        try {
          for (let restart = 0; restart < size; restart += 1) {
            await writers.answers(WRITERS * 2);
            await database.restart(restart % 2 === 0 ? "stop" : "kill");
            slowest = Math.max(slowest, await untilReady(url));
            hold(
              pidsOf(primary.pid) === processes,
              `processes were ${processes}, are ${pidsOf(primary.pid)}`,
            );
            await holdListening(listener, team, quiet);
            if (restart % 10 === 9) report(`${restart + 1} restarts`);
          }
          await holdWorking(database.superuser);
          const acknowledged = await writers.stop();
          hold(pidsOf(primary.pid) === processes, "a process ended after the last restart");
          await everyOneStands(database.superuser, acknowledged);
          const { flaws, events } = await verifyHistory();
          hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
          return {
            restarts: size,
            "acknowledged writes": acknowledged.length,
            "cut off": writers.failed(),
            lost: 0,
            "process exits": 0,
            "s until ready at most": Number((slowest / 1_000).toFixed(1)),
            "events streamed": listener.received.length,
            "events verified": events,
          };
        } finally {
          listener.stop();
          await writers.stop();
        }
      }),
    { durable: true },
  );
}

/** Each ticks and clears items of a record of its own over HTTP, again and again. */
async function startWriters(url: string, team: Team) {
  const administrator = { ...CHECK_RUNNER, grants: [{ role: "admin" as const, teamId: null }] };
  const acknowledged: Acknowledged[] = [];
  const state = { running: true, failed: 0 };
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async (_, index) => {
      const id = await openRecord(team);
      const items = await plainItems(id, 12);
      const made = { name: `writer ${index}`, scopes: ["write" as const], days: 1 };
      const token = await createTokenFor(administrator, team.lead.id, made);
      return async () => {
        for (let turn = 0; state.running; turn += 1) {
          const item = items[turn % items.length] ?? "";
          const method = Math.floor(turn / items.length) % 2 === 0 ? "PUT" : "DELETE";
          const revision = await settle(`${url}/api/v1/deployments/${id}/items/${item}`, method, token);
          if (revision === null) state.failed += 1;
          else acknowledged.push({ id, revision });
          await sleep(50);
        }
      };
    }),
  );
  const running = writers.map(async (write) => write());
  return {
    /** Waits for so many more answers: the load stands. */
    answers: async (count: number) => {
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted) await sleep(10);
    },
    failed: () => state.failed,
    stop: async () => {
      state.running = false;
      await Promise.all(running);
      return acknowledged;
    },
  };
}

/** The revision of a change that was made; null when it was cut off or refused. */
async function settle(item: string, method: "PUT" | "DELETE", token: string): Promise<number | null> {
  const answer = await fetch(`${item}/completion`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => null);
  if (answer?.ok !== true) return null;
  return answered.parse(await answer.json()).revision;
}

/** Milliseconds from now, when Postgres takes connections again, until the app says that it is ready. */
async function untilReady(url: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    const took = performance.now() - began;
    hold(took < READY_MS, `not ready after ${took.toFixed(0)} ms: ${answer?.status ?? "no answer"}`);
    if (answer?.status === 200) return took;
    await sleep(20);
  }
}

/** A change on a record reaches whoever listens to it, and nothing before it was missed. */
async function holdListening(listener: Listener, team: Team, id: string): Promise<void> {
  const [item = ""] = await plainItems(id, 1);
  const { items } = await load(id);
  await settleItem(team.engineer, id, { item, to: items[item] === undefined ? "done" : "open" });
  const { revision } = await load(id);
  for (let wait = 0; wait < 200 && listener.received.at(-1)?.event.seq !== revision; wait += 1)
    await sleep(50);
  const seen = listener.received.map(({ event }) => event.seq).join(" ");
  const all = Array.from({ length: revision }, (_, index) => index + 1).join(" ");
  hold(seen === all, `the stream brought ${seen}, the record has ${all}`);
}

/** The worker does a job that is sent after the last restart. */
async function holdWorking(superuser: Pool): Promise<void> {
  const id = await (await jobQueue()).send("seal-history", {});
  for (let wait = 0; wait < 300; wait += 1) {
    const { rows } = await superuser.query<{ state: string }>(
      `SELECT state::text FROM ${JOBS_SCHEMA}.job WHERE id = $1`,
      [id],
    );
    if (rows[0]?.state === "completed") return;
    await sleep(100);
  }
  hold(false, "the worker did not do its job within 30 s");
}

/** What was told at a revision is still there: the record has gone on from it. */
async function everyOneStands(superuser: Pool, acknowledged: readonly Acknowledged[]): Promise<void> {
  const { rows } = await superuser.query<{ id: string; revision: number }>(
    "SELECT stream_id AS id, max(seq) AS revision FROM events GROUP BY 1",
  );
  const reached = new Map(rows.map(({ id, revision }) => [id, revision]));
  for (const { id, revision } of acknowledged)
    hold((reached.get(id) ?? 0) >= revision, `lost: revision ${revision} of ${id}`);
}

/** The app's processes: what keeps the servers and the worker, and those themselves. */
function pidsOf(primary: number | undefined): string {
  return primary === undefined ? "none" : [primary, ...memoryBelow(primary).pids].join(" ");
}
