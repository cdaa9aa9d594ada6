import { logSize } from "./append-to-log.ts";
import type { Queryable } from "./log-nodes.ts";

export type StoredCheckpoint = { readonly size: number; readonly note: string; readonly at: string };

export async function insertCheckpoint(db: Queryable, note: string): Promise<void> {
  await db.query("INSERT INTO log_checkpoints (note) VALUES ($1)", [note]);
}

/** The newest checkpoint; null before the first. */
export async function latestCheckpoint(db: Queryable): Promise<StoredCheckpoint | null> {
  const [newest] = await find(db, "ORDER BY size DESC LIMIT 1");
  return newest ?? null;
}

/** Checkpoints larger than a size, oldest first. */
export async function checkpointsAbove(
  db: Queryable,
  size: number,
  limit: number,
): Promise<readonly StoredCheckpoint[]> {
  return find(db, "WHERE size > $1 ORDER BY size LIMIT $2", size, limit);
}

/** How many events no checkpoint covers yet. */
export async function eventsAhead(db: Queryable): Promise<number> {
  const size = await logSize(db);
  const { rows } = await db.query<{ count: string }>("SELECT count(*) AS count FROM events");
  return Number(rows[0]?.count ?? 0) - size;
}

async function find(db: Queryable, where: string, ...values: readonly number[]) {
  const { rows } = await db.query<{ size: string; note: string; at: string }>(
    `SELECT size, note, at FROM log_checkpoints ${where}`,
    [...values],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}
