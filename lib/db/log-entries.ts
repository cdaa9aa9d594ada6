import type { Queryable } from "./log-nodes.ts";

/** A leaf as it is stored, with the time and the hash that its event has; null when the event is gone. */
export type LogEntry = {
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  readonly eventHash: string;
  readonly hash: Buffer;
  readonly nodes: Buffer;
  readonly at: string | null;
  readonly hashNow: string | null;
};

/** Up to `limit` leaves from an index on, in order. */
export async function readLogEntries(
  db: Queryable,
  from: number,
  limit: number,
): Promise<readonly LogEntry[]> {
  const { rows } = await db.query<Omit<LogEntry, "index"> & { index: string }>(
    `SELECT l.leaf_index AS index, l.stream_id AS stream, l.seq, l.event_hash AS "eventHash", l.hash, l.nodes, e.at,
            e.hash AS "hashNow"
       FROM log_leaves l LEFT JOIN events e ON e.stream_id = l.stream_id AND e.seq = l.seq
      WHERE l.leaf_index >= $1 ORDER BY l.leaf_index LIMIT $2`,
    [from, limit],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** The entry at an index; null when there is none. */
export async function readLogEntry(db: Queryable, index: number): Promise<LogEntry | null> {
  const [entry] = await readLogEntries(db, index, 1);
  return entry?.index === index ? entry : null;
}

export type KeptOut = { readonly stream: string; readonly seq: number; readonly at: string };

/** Of each stream, of so many, the first event that the log lacks and that is not dated between two times. */
export async function readKeptOut(
  db: Queryable,
  { from, to }: { readonly from: string; readonly to: string },
  streams: number,
): Promise<readonly KeptOut[]> {
  const { rows } = await db.query<KeptOut>(
    `SELECT DISTINCT ON (e.stream_id) e.stream_id AS stream, e.seq, e.at
       FROM events e LEFT JOIN log_leaves l ON l.stream_id = e.stream_id AND l.seq = e.seq
      WHERE l.leaf_index IS NULL AND (e.at < $1 OR e.at > $2) ORDER BY e.stream_id, e.seq LIMIT $3`,
    [from, to, streams],
  );
  return rows;
}
