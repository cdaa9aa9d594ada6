import { openCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
import type { VerifierKey } from "#lib/proof/note-keys.ts";
import { logSize } from "./append-to-log.ts";
import type { Queryable } from "./log-nodes.ts";

const LOOKED_AT_ONCE = 20;

export type StoredCheckpoint = { readonly size: number; readonly note: string; readonly at: string };

export async function insertCheckpoint(db: Queryable, note: string): Promise<void> {
  await db.query("INSERT INTO log_checkpoints (note) VALUES ($1)", [note]);
}

/** The newest checkpoint; null before the first. */
export async function latestCheckpoint(db: Queryable): Promise<StoredCheckpoint | null> {
  const [newest] = await find(db, "ORDER BY size DESC LIMIT 1");
  return newest ?? null;
}

/** A head of the log, with the note that signs it. */
export type SignedHead = Checkpoint & { readonly note: string };

/** The newest checkpoint that a key has signed; null when there is none. The app's own role may write others. */
export async function newestSigned(db: Queryable, key: VerifierKey): Promise<SignedHead | null> {
  return firstSigned(db, key, "DESC", 0);
}

/** The first checkpoint above a size that a key has signed; null when there is none. */
export async function firstSignedAbove(
  db: Queryable,
  key: VerifierKey,
  size: number,
): Promise<SignedHead | null> {
  return firstSigned(db, key, "ASC", size);
}

async function firstSigned(
  db: Queryable,
  key: VerifierKey,
  order: "ASC" | "DESC",
  above: number,
): Promise<SignedHead | null> {
  for (let passed = 0; ; passed += LOOKED_AT_ONCE) {
    const stored = await find(
      db,
      `WHERE size > $1 ORDER BY size ${order} LIMIT ${LOOKED_AT_ONCE} OFFSET $2`,
      above,
      passed,
    );
    for (const { note } of stored) {
      const checkpoint = openCheckpoint(note, key);
      if (checkpoint !== null) return { ...checkpoint, note };
    }
    if (stored.length < LOOKED_AT_ONCE) return null;
  }
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
