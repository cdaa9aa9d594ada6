import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { jobQueue, JOBS_SCHEMA } from "#lib/db/job-queue.ts";
import { SECOND } from "#lib/domain/time.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { createTokenFor } from "#lib/services/tokens.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { startAppServer, type AppServer } from "#scripts/runtime/app-server.ts";
import { ensureBuild } from "#scripts/runtime/build.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { makeTeam } from "#test/support/factories.ts";
import { hold, refute } from "./support/counter-example.ts";
import { withDatabase, type ProofDatabase } from "./support/database.ts";
import {
  cutConnections,
  holdUp,
  installFaultPoints,
  waitingAt,
  untilWaiting,
} from "./support/fault-points.ts";
import {
  effectsOf,
  holdAnswer,
  keyedRequests,
  send,
  type Answer,
  type KeyedRequest,
} from "./support/keyed-requests.ts";
import { randomFrom, type Random } from "./support/random.ts";

export const title =
  "An app crash leaves nothing half done: app and worker killed with -9 in mid-request, each repeat with its idempotency key answers as the first would have";
export const sizes = { unit: "kills", ci: 4, long: 100 };

/** Where the app dies, in turn. */
const MOMENTS = ["before the answer", "in the write", "at the first answer", "at any time"] as const;
/** Longer than a key stays claimed by a request that was cut off. */
const CLAIM_MS = 16 * SECOND;

type Scene = Pick<ProofDatabase, "superuser"> & {
  readonly random: Random;
  readonly token: string;
  readonly start: () => Promise<AppServer>;
  readonly laterByAClaim: () => void;
};
type Seen = {
  midWrite: number;
  tookEffect: number;
  takenBack: number;
  midJob: number;
  /** What was answered before the kill, by the request's key. */
  readonly answers: Map<string, Answer>;
};

/** Kills the app's processes under eight requests at a time, starts it again, repeats them, and counts their effects. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  await ensureBuild(".next-test", report);
  return withDatabase(async (database) => {
    const { superuser } = database;
    const clockFile = join(database.folder, "clock");
    writeFileSync(clockFile, "0");
    process.env.COUNTERSIGN_CLOCK_FILE = clockFile;
    // The connections cut below say so.
    console.warn = () => undefined;
    await installFaultPoints(superuser);
    const team = await makeTeam();
    const administrator = { ...CHECK_RUNNER, grants: [{ role: "admin" as const, teamId: null }] };
    const made = { name: "pipeline", scopes: ["read" as const, "write" as const], days: 30 };
    const scene: Scene = {
      superuser,
      random: randomFrom(seed),
      token: await createTokenFor(administrator, team.lead.id, made),
      start: await starter(database, clockFile),
      laterByAClaim: () =>
        writeFileSync(clockFile, String(Number(readFileSync(clockFile, "utf8")) + CLAIM_MS)),
    };
    const seen: Seen = { midWrite: 0, tookEffect: 0, takenBack: 0, midJob: 0, answers: new Map() };
    let requests = 0;
    let app = await scene.start();
    try {
      for (let kill = 0; kill < size; kill += 1) {
        const asked = await keyedRequests(team);
        requests += asked.length;
        const unanswered = await killUnder(
          scene,
          app,
          MOMENTS[kill % MOMENTS.length] ?? MOMENTS[0],
          asked,
          seen,
        );
        app = await scene.start();
        seen.takenBack += await takeBack(unanswered);
        await Promise.all(asked.map(async (one) => repeat(scene, app.url, one, seen.answers.get(one.key))));
        if (kill % 10 === 9) report(`${kill + 1} kills`);
      }
    } finally {
      await killAll(app);
    }
    await sealHistory();
    const { flaws, events } = await verifyHistory();
    hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
    const halves = await filesWithoutEvent(superuser);
    hold(halves === 0, `${halves} files or their events stand alone`);
    return {
      kills: size,
      requests,
      "died in the write": seen.midWrite,
      "had taken effect without an answer": seen.tookEffect - seen.answers.size,
      "were taken back by somebody else before the repeat": seen.takenBack,
      "had been answered": seen.answers.size,
      "workers killed in mid-job": seen.midJob,
      "events verified": events,
      "took effect once each, none twice, none half": requests,
      seed,
    };
  });
}

/**
 * Kills the app under the requests, and holds that none has taken effect twice so far. Answers with those
 * that took effect and were not answered.
 */
async function killUnder(
  scene: Scene,
  app: AppServer,
  moment: (typeof MOMENTS)[number],
  asked: readonly KeyedRequest[],
  seen: Seen,
): Promise<readonly KeyedRequest[]> {
  const { superuser, random } = scene;
  const paused = moment === "in the write" || moment === "before the answer";
  const release = await holdUp(superuser, paused ? [moment, "in the worker"] : ["in the worker"]);
  await (await jobQueue()).send("seal-history", {}, { singletonKey: "now" });
  const firsts = asked.map(async (request) => {
    const answer = await send(app.url, scene.token, request).catch(() => null);
    if (answer !== null) seen.answers.set(request.key, answer);
  });
  if (paused) await untilWaiting(superuser, moment, asked.length);
  else if (moment === "at the first answer") await Promise.race(firsts);
  else await sleep(random.below(200));
  if (moment === "in the write") await untilWaiting(superuser, "in the worker", 1);
  seen.midWrite += await waitingAt(superuser, "in the write");
  seen.midJob += await waitingAt(superuser, "in the worker");
  await killAll(app);
  // What Postgres was told before is finished by it, or not, as after a crash of the whole machine.
  if (random.below(2) === 0) await cutConnections(superuser);
  await release();
  await superuser.query(`DELETE FROM ${JOBS_SCHEMA}.job WHERE name = 'seal-history'`);
  await Promise.all(firsts);
  const unanswered: KeyedRequest[] = [];
  for (const request of asked) {
    const effects = await effectsOf(superuser, request);
    hold(effects <= 1, `${request.kind} took effect ${effects} times before any repeat`);
    seen.tookEffect += effects;
    if (effects > 0 && !seen.answers.has(request.key)) unanswered.push(request);
  }
  scene.laterByAClaim();
  return unanswered;
}

/** Somebody else takes back what can be taken back of these; answers with how many. */
async function takeBack(requests: readonly KeyedRequest[]): Promise<number> {
  const undoing = requests.flatMap(({ takeBack: undo }) => (undo === undefined ? [] : [undo]));
  for (const undo of undoing) await undo();
  return undoing.length;
}

/** Repeats a request until it is answered, and holds the answer against the first and against one more repeat. */
async function repeat(
  { superuser, token }: Scene,
  url: string,
  request: KeyedRequest,
  first: Answer | undefined,
): Promise<void> {
  let answer = await send(url, token, request);
  for (let attempt = 0; answer.text.includes("request-in-progress") && attempt < 50; attempt += 1) {
    await sleep(100);
    answer = await send(url, token, request);
  }
  await holdAnswer(superuser, request, answer);
  hold(
    first === undefined || first.text === answer.text,
    `a repeat says ${answer.text}, the first said ${first?.text ?? "nothing"}`,
  );
  const more = await send(url, token, request);
  hold(more.replayed && more.text === answer.text, `one more repeat says ${more.text}, not ${answer.text}`);
  hold((await effectsOf(superuser, request)) === 1, `${request.kind} took effect again`);
}

async function starter(
  { urls, secret, signingKey }: ProofDatabase,
  clockFile: string,
): Promise<() => Promise<AppServer>> {
  const port = await freePort();
  const options = {
    host: "127.0.0.1",
    port,
    distDir: ".next-test",
    evaluation: false,
    output: "ignore" as const,
  };
  return async () => startAppServer({ ...options, appDatabaseUrl: urls.app, secret, signingKey, clockFile });
}

/** Ends the servers, the worker and what keeps them, at once: they are one group. */
async function killAll({ process: primary }: AppServer): Promise<void> {
  if (primary.pid === undefined) return refute("the app has no process");
  if (primary.exitCode !== null || primary.signalCode !== null) return;
  const gone = new Promise((resolve) => primary.once("exit", resolve));
  process.kill(-primary.pid, "SIGKILL");
  await gone;
}

async function filesWithoutEvent(superuser: Pool): Promise<number> {
  const { rows } = await superuser.query<{ count: number }>(`
    SELECT count(*)::int AS count FROM files f
      FULL JOIN (SELECT (body::jsonb) #>> '{data,evidenceId}' AS id FROM events
                  WHERE type = 'evidence.added' AND (body::jsonb) #>> '{data,content,kind}' = 'file') e
        ON e.id = f.id::text
     WHERE e.id IS NULL OR f.id IS NULL`);
  return rows[0]?.count ?? -1;
}
