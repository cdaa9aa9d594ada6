import type { PoolClient } from "pg";
import type { StoredEvent } from "#lib/proof/event-flaw.ts";
import type { LoggedEvent, StreamHead } from "./chain-flaw.ts";
import { pool } from "./pool.ts";
import { inSnapshot } from "./transaction.ts";

export type StreamKind = "deployment" | "installation";

/** An event with the columns that follow from its text. */
export type IndexedEvent = StoredEvent & {
  readonly type: string;
  readonly at: string;
  readonly actorId: string;
  readonly prevHash: string | null;
};

/** A stream as it stood at one moment; `head` is null when its record is gone. */
export type Stream = {
  readonly head: (StreamHead & { readonly kind: StreamKind }) | null;
  readonly events: readonly IndexedEvent[];
  readonly logged: readonly LoggedEvent[];
};

/** Reads a stream's head, events and entries in the log from one snapshot. */
export async function readStream(id: string): Promise<Stream> {
  return inSnapshot(async (client) => streamIn(client, id));
}

/** The same in a snapshot that sees more besides. */
export async function streamIn(client: PoolClient, id: string): Promise<Stream> {
  const heads = await client.query<StreamHead & { kind: StreamKind }>(HEAD, [id]);
  const events = await client.query<IndexedEvent>(
    `SELECT seq, body, hash, type, at, actor_id AS "actorId", prev_hash AS "prevHash"
       FROM events WHERE stream_id = $1::uuid ORDER BY seq`,
    [id],
  );
  const logged = await client.query<{ seq: number; hash: string; index: string }>(
    `SELECT seq, event_hash AS hash, leaf_index AS index FROM log_leaves WHERE stream_id = $1::uuid ORDER BY seq`,
    [id],
  );
  return {
    head: heads.rows[0] ?? null,
    events: events.rows,
    logged: logged.rows.map((row) => ({ ...row, index: Number(row.index) })),
  };
}

/** Every stream that a record, an event or the log knows, by id. */
export async function streamIds(): Promise<readonly string[]> {
  return idsFrom(`
    SELECT id FROM deployments UNION SELECT id FROM installations
    UNION SELECT DISTINCT stream_id FROM events UNION SELECT DISTINCT stream_id FROM log_leaves
    ORDER BY 1`);
}

/** The streams in which something happened at or after `from` and before `to`, as their events tell. */
export async function streamIdsBetween(from: string, to: string): Promise<readonly string[]> {
  return idsFrom(
    `SELECT DISTINCT stream_id AS id FROM events WHERE at >= $1 AND at < $2
     UNION SELECT DISTINCT l.stream_id FROM log_leaves l
       JOIN log_checkpoints c ON l.leaf_index < c.size AND c.at >= $1 AND c.at < $2
        AND l.leaf_index >= coalesce((SELECT max(p.size) FROM log_checkpoints p WHERE p.size < c.size), 0)
     ORDER BY 1`,
    [from, to],
  );
}

export async function countEvents(streams: readonly string[]): Promise<number> {
  const { rows } = await pool().query<{ count: string }>(
    "SELECT count(*) AS count FROM events WHERE stream_id = ANY($1::uuid[])",
    [streams],
  );
  return Number(rows[0]?.count ?? 0);
}

async function idsFrom(text: string, values: readonly string[] = []): Promise<readonly string[]> {
  const { rows } = await pool().query<{ id: string }>(text, [...values]);
  return rows.map(({ id }) => id);
}

const HEAD = `
SELECT id, revision, head_hash, 'deployment' AS kind FROM deployments WHERE id = $1::uuid
UNION ALL SELECT id, revision, head_hash, 'installation' FROM installations WHERE id = $1::uuid`;
