import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { hold } from "./counter-example.ts";

const PATIENCE_MS = 60_000;

/** Where a proof holds the app up, so that it dies exactly there. */
export const FAULT_POINTS = {
  /** The record's row is changed, its event about to be written, nothing committed. */
  "in the write": { lock: 1, table: "events", when: "INSERT", condition: "true" },
  /** The change is committed; what it answers is about to be kept for a repeat. */
  "before the answer": {
    lock: 2,
    table: "idempotent_requests",
    when: "UPDATE",
    condition: "old.status IS NULL AND new.status IS NOT NULL",
  },
  /** The worker has brought events into the log; the checkpoint over them is about to be written. */
  "in the worker": { lock: 3, table: "log_checkpoints", when: "INSERT", condition: "true" },
} as const;

export type FaultPoint = keyof typeof FAULT_POINTS;

/** Whoever holds a point's lock keeps everybody waiting there. */
export async function installFaultPoints(superuser: Pool): Promise<void> {
  await superuser.query(`
    CREATE FUNCTION fault_point() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(4, TG_ARGV[0]::int); RETURN new; END $$`);
  for (const { lock, table, when, condition } of Object.values(FAULT_POINTS))
    await superuser.query(`
      CREATE TRIGGER fault_point BEFORE ${when} ON ${table} FOR EACH ROW
        WHEN (${condition}) EXECUTE FUNCTION fault_point(${lock})`);
}

/** Keeps everybody waiting at some points, until the answer is called. */
export async function holdUp(superuser: Pool, points: readonly FaultPoint[]): Promise<() => Promise<void>> {
  const client = await superuser.connect();
  for (const point of points)
    await client.query("SELECT pg_advisory_lock(4, $1)", [FAULT_POINTS[point].lock]);
  return async () => {
    await client.query("SELECT pg_advisory_unlock_all()");
    client.release();
  };
}

/** Answers when so many wait at a point; rejects when they do not come. */
export async function untilWaiting(superuser: Pool, point: FaultPoint, count: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await waitingAt(superuser, point)) < count) {
    hold(Date.now() < deadline, `nobody comes ${point}`);
    await sleep(20);
  }
}

/** How many wait at a point now. */
export async function waitingAt(superuser: Pool, point: FaultPoint): Promise<number> {
  const { rows } = await superuser.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND classid = 4 AND objid = $1 AND NOT granted",
    [FAULT_POINTS[point].lock],
  );
  return rows[0]?.count ?? 0;
}

/** Ends what the app's connections still do; otherwise they finish what they were told before it died. */
export async function cutConnections(superuser: Pool): Promise<void> {
  await superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = 'countersign_app' AND application_name IN ('countersign', 'countersign-worker')`,
  );
}
