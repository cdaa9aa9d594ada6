import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { DEAD_JOBS, jobQueue, JOBS_SCHEMA } from "#lib/db/job-queue.ts";
import { countUnread } from "#lib/queries/list-notifications.ts";
import { addComment } from "#lib/services/comments.ts";
import { addWebhook } from "#lib/services/webhooks.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { binary, ROOT } from "#scripts/runtime/paths.ts";
import { inSession, makePerson, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { holdUp, installFaultPoints, untilWaiting } from "./support/fault-points.ts";
import { FlakyReceiver, type Received } from "./support/flaky-receiver.ts";
import { randomFrom, type Random } from "./support/random.ts";

export const title =
  "Notifications are not lost: a worker killed with -9 again and again, and a receiver that fails half of the time, still bring each event, under one id, and none before its commit";
export const sizes = { unit: "kills", ci: 10, long: 100 };

const EVENTS_A_KILL = 6;
const PATIENCE_MS = 240_000;

type Scene = {
  readonly superuser: Pool;
  readonly receiver: FlakyReceiver;
  readonly team: Team;
  readonly record: string;
  readonly random: Random;
};

/** Writes events, kills the worker at moments of its work, and compares what arrived with the history. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  process.env.COUNTERSIGN_CHECK_RANGES = "127.0.0.0/8";
  const random = randomFrom(seed);
  const receiver = await FlakyReceiver.open(random);
  try {
    return await withDatabase(async ({ superuser }) => {
      await installFaultPoints(superuser);
      const team = await makeTeam();
      const kind = "signed" as const;
      const hook = { teamId: team.id, kind, name: "hook", url: receiver.url, news: ["mention" as const] };
      receiver.secret = (await addWebhook(await inSession(team.lead), hook)) ?? "";
      const scene = { superuser, receiver, team, record: await openRecord(team), random };
      let early = 0;
      receiver.beforeAnswer = async ({ deployment, seq }) => {
        if (!(await isCommitted(superuser, deployment, seq))) early += 1;
      };
      for (let kill = 0; kill < size; kill += 1) {
        await killOnce(scene, kill);
        if (kill % 10 === 9) report(`${kill + 1} kills`);
      }
      const uncommitted = await holdUncommitted(scene);
      const again = await untilAllArrived(scene);
      return {
        kills: size,
        ...judge(await eventsOf(superuser, scene.record), receiver.received, early),
        "taken back before the commit, and never told of": uncommitted,
        "dead letters run again": again,
        "told in the app, each once": await countUnread(team.sre),
      };
    });
  } finally {
    receiver.close();
  }
}

/** Some events; then the worker dies as it hands one over, right after, or at any time. */
async function killOnce({ superuser, receiver, team, record, random }: Scene, kill: number): Promise<void> {
  const worker = startWorker();
  const ended = once(worker, "exit");
  const judged = receiver.beforeAnswer;
  const moment = kill % 3;
  const met = new Promise<void>((resolve) => {
    receiver.beforeAnswer = async (message) => {
      await judged(message);
      if (moment === 0) worker.kill("SIGKILL");
      else setTimeout(() => worker.kill("SIGKILL"), moment === 1 ? 1 : random.below(400));
      resolve();
    };
  });
  // Somebody else each time: what one person alone may bring a team's channels is bounded.
  const author = await makePerson("engineer", team.id);
  await Promise.all(Array.from({ length: EVENTS_A_KILL }, () => mention(author, team, record)));
  await nudged(superuser, met);
  await ended;
  receiver.beforeAnswer = judged;
}

/** An event that is written and not committed is told of to nobody, nor is one that is taken back. */
async function holdUncommitted({ superuser, receiver, team, record }: Scene): Promise<number> {
  const worker = startWorker();
  const letGo = await holdUp(superuser, ["in the write"]);
  const written = mention(team.lead, team, record).catch(() => null);
  await untilWaiting(superuser, "in the write", 1);
  const { rows } = await superuser.query<{ seq: number }>(
    "SELECT revision + 1 AS seq FROM deployments WHERE id = $1",
    [record],
  );
  const next = rows[0]?.seq ?? 0;
  await nudged(superuser, sleep(1_500));
  hold(!receiver.received.some(({ seq }) => seq >= next), "an event that is not committed was told of");
  await superuser.query(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 4 AND NOT granted",
  );
  await letGo();
  // The door tries again what was cut off, or says that it could not: either way what stands is told of.
  await written;
  worker.kill("SIGKILL");
  await once(worker, "exit");
  return 1;
}

/** A worker that lives brings the rest; what failed every time is run again, as an admin would. */
async function untilAllArrived({ superuser, receiver, record }: Scene): Promise<number> {
  const worker = startWorker();
  const queue = await jobQueue();
  const deadline = Date.now() + PATIENCE_MS;
  const wanted = await eventsOf(superuser, record);
  let again = 0;
  try {
    for (;;) {
      const taken = new Set(receiver.received.filter((message) => message.taken).map(({ seq }) => seq));
      if (wanted.every((seq) => taken.has(seq))) return again;
      hold(Date.now() < deadline, `${wanted.filter((seq) => !taken.has(seq)).length} events never arrived`);
      again += await queue.redrive(DEAD_JOBS);
      await nudged(superuser, sleep(300));
    }
  } finally {
    worker.kill("SIGKILL");
    await once(worker, "exit");
  }
}

function judge(events: readonly number[], received: readonly Received[], early: number): Figures {
  const ids = Map.groupBy(received, ({ seq }) => seq);
  for (const seq of events) {
    const one = new Set(ids.get(seq)?.map(({ id }) => id));
    hold(one.size === 1, `event ${seq} came under ${one.size} ids`);
  }
  hold(new Set(received.map(({ id }) => id)).size === events.length, "two events came under one id");
  hold(
    received.every(({ seq }) => events.includes(seq)),
    "something came that is no event",
  );
  hold(
    received.every(({ signed }) => signed),
    "a message was not signed",
  );
  hold(early === 0, `${early} messages came before their commit`);
  return {
    events: events.length,
    "messages received": received.length,
    "failed by the receiver": received.filter(({ taken }) => !taken).length,
    lost: 0,
    "ids an event": 1,
    "before the commit": early,
  };
}

async function mention(author: Team["lead"], team: Team, deploymentId: string): Promise<unknown> {
  const said = { item: null, text: "Look at this.", mentions: [team.sre.id] };
  return addComment(author, { deploymentId, ...said });
}

async function eventsOf(superuser: Pool, record: string): Promise<readonly number[]> {
  const { rows } = await superuser.query<{ seq: number }>(
    "SELECT seq FROM events WHERE stream_id = $1 AND type = 'comment.added' ORDER BY seq",
    [record],
  );
  return rows.map(({ seq }) => seq);
}

async function isCommitted(superuser: Pool, record: string, seq: number): Promise<boolean> {
  const { rowCount } = await superuser.query("SELECT FROM events WHERE stream_id = $1 AND seq = $2", [
    record,
    seq,
  ]);
  return rowCount === 1;
}

// The pauses of the queue pass at once: nobody waits two minutes for a dead worker's job here.
async function nudged(superuser: Pool, until: Promise<unknown>): Promise<void> {
  const queue = await jobQueue();
  const state = { over: false };
  const done = until.finally(() => (state.over = true));
  while (!state.over) {
    await superuser.query(`
      UPDATE ${JOBS_SCHEMA}.job SET start_after = now() WHERE name IN ('fan-out', 'deliver-message') AND start_after > now()`);
    await superuser.query(`
      UPDATE ${JOBS_SCHEMA}.job SET started_on = now() - interval '10 minutes'
       WHERE name IN ('fan-out', 'deliver-message') AND state = 'active' AND started_on < now() - interval '3 seconds'`);
    for (const name of ["fan-out", "deliver-message"]) await queue.supervise(name);
    await Promise.race([done, sleep(200)]);
  }
  await done;
}

function startWorker(): ChildProcess {
  return spawn(binary("node"), ["--disable-warning=ExperimentalWarning", "scripts/runtime/worker.ts"], {
    cwd: ROOT,
    env: process.env,
    stdio: "ignore",
  });
}
