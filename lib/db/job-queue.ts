import { PgBoss, type Job, type WorkOptions } from "pg-boss";
import { beforePoolCloses, openPool, pool } from "./pool.ts";

export const JOBS_SCHEMA = "jobs";

const RETRIES = { retryLimit: 4, retryDelay: 10, retryBackoff: true, expireInSeconds: 120 };
const KEPT = { retentionSeconds: 24 * 3_600, deleteAfterSeconds: 24 * 3_600 };

/** Where a job ends that failed every time; an admin sees it there and can run it again. */
export const DEAD_JOBS = "dead-jobs";

/** Every queue, with what runs by the clock as cron. `exclusive` keeps one job of a key at a time. */
export const QUEUES = {
  "run-checks": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS },
  "sweep-checks": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS, cron: "* * * * *" },
  "answer-protection-requests": {
    ...RETRIES,
    ...KEPT,
    policy: "exclusive",
    deadLetter: DEAD_JOBS,
    cron: "* * * * *",
  },
  // A GitHub that is away for some minutes gets it afterwards.
  "answer-protection-request": {
    ...RETRIES,
    ...KEPT,
    retryLimit: 9,
    retryDelayMax: 60,
    policy: "exclusive",
    deadLetter: DEAD_JOBS,
  },
  // The clock finds what no notice told of.
  "fan-out": { ...RETRIES, ...KEPT, policy: "stately", deadLetter: DEAD_JOBS, cron: "* * * * *" },
  // News that could not be told with the others, each by itself.
  "tell-again": { ...RETRIES, ...KEPT, retryLimit: 9, policy: "exclusive", deadLetter: DEAD_JOBS },
  remind: { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS, cron: "*/5 * * * *" },
  "make-digests": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS, cron: "3 * * * *" },
  // A receiver that is away for an hour gets it afterwards.
  "deliver-message": {
    ...RETRIES,
    ...KEPT,
    retryLimit: 9,
    retentionSeconds: 14 * 24 * 3_600,
    policy: "exclusive",
    deadLetter: DEAD_JOBS,
  },
  // One may wait while one runs: whoever asks during a run gets a run that began afterwards.
  "seal-history": { ...RETRIES, ...KEPT, policy: "stately", deadLetter: DEAD_JOBS, cron: "* * * * *" },
  "deliver-checkpoints": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS },
  "verify-history": {
    ...RETRIES,
    ...KEPT,
    expireInSeconds: 6 * 3_600,
    // A worker that died in the middle is noticed by its silence.
    heartbeatSeconds: 60,
    policy: "exclusive",
    deadLetter: DEAD_JOBS,
    cron: "37 * * * *",
  },
  "apply-retention": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS, cron: "41 * * * *" },
  "tidy-up": { ...RETRIES, ...KEPT, policy: "exclusive", deadLetter: DEAD_JOBS, cron: "17 * * * *" },
} as const;

export type QueueName = keyof typeof QUEUES;
export type { Job, WorkOptions };

/** Makes the queue's schema and queues, and lets the app's role use them; for the owner's connection. */
export async function installJobQueue(ownerUrl: string, appRole: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    await boss.createQueue(DEAD_JOBS, { retentionSeconds: 90 * 24 * 3_600 });
    for (const [name, { cron: _cron, ...options }] of Object.entries(withCron()))
      await boss.createQueue(name, options);
    await boss.getDb().executeSql(`
      GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO ${appRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO ${appRole};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOBS_SCHEMA} TO ${appRole}`);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The queue as a worker drives it, with connections and a clock of its own. */
export async function startJobQueue(): Promise<PgBoss> {
  const connections = openPool({ max: 4, application_name: "countersign-worker" });
  const boss = new PgBoss({
    db: { executeSql: (text, values) => connections.query(text, values) },
    schema: JOBS_SCHEMA,
    migrate: false,
    createSchema: false,
  });
  boss.on("error", (error) => console.warn(`job queue: ${error.message}`));
  boss.on("stopped", () => void connections.end());
  await boss.start();
  for (const [name, { cron }] of Object.entries(withCron()))
    if (cron !== undefined) await boss.schedule(name, cron);
  return boss;
}

let client: Promise<PgBoss> | undefined;

/** The queue for whoever only looks or sends, on the app's own connections. */
export async function jobQueue(): Promise<PgBoss> {
  client ??= connectClient();
  return client;
}

/** Ends the queue of `jobQueue`; for whoever stops the database afterwards. */
export async function closeJobQueue(): Promise<void> {
  const started = client;
  client = undefined;
  await (await started?.catch(() => undefined))?.stop({ graceful: false, close: false });
}

async function connectClient(): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool().query(text, values) },
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  boss.on("error", (error) => console.warn(`job queue: ${error.message}`));
  beforePoolCloses(async () => {
    client = undefined;
    await boss.stop({ graceful: false, close: false });
  });
  try {
    return await boss.start();
  } catch (error) {
    // The next caller tries again.
    client = undefined;
    throw error;
  }
}

/** Asks for a job soon. Without an answer its clock still asks within the minute, so nothing is lost. */
export async function askSoon(name: "seal-history" | "fan-out"): Promise<void> {
  try {
    await (await jobQueue()).send(name, {}, { singletonKey: "now" });
  } catch (error) {
    console.warn(`${name} was not asked for: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function withCron(): Readonly<Record<string, (typeof QUEUES)[QueueName] & { readonly cron?: string }>> {
  return QUEUES;
}
