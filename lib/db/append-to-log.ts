import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf, type LogLeaf } from "#lib/proof/log-leaf.ts";
import { peaks, treeRoot, type NodeReader } from "#lib/proof/merkle-tree.ts";
import { readTree, type Queryable } from "./log-nodes.ts";

/** Up to `limit` events that the log lacks, in the order of each stream. */
export async function newEvents(db: Queryable, limit: number): Promise<readonly LogLeaf[]> {
  const { rows } = await db.query<LogLeaf>(NEW_EVENTS, [limit]);
  return rows;
}

/** Whether each of these is the leaf of an event that there is. */
export async function holdsEvents(db: Queryable, leaves: readonly LogLeaf[]): Promise<boolean> {
  const { rows } = await db.query<{ held: string }>(
    `SELECT count(*) AS held FROM unnest($1::uuid[], $2::int[], $3::text[]) AS leaf (stream_id, seq, hash)
       JOIN events USING (stream_id, seq, hash)`,
    [leaves.map(({ stream }) => stream), leaves.map(({ seq }) => seq), leaves.map(({ hash }) => hash)],
  );
  return Number(rows[0]?.held) === leaves.length;
}

/** The log's leaves `from` to before `to`, in its order. */
export async function readLeaves(db: Queryable, from: number, to: number): Promise<readonly LogLeaf[]> {
  const { rows } = await db.query<LogLeaf>(
    `SELECT stream_id AS stream, seq, event_hash AS hash
       FROM log_leaves WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index`,
    [from, to],
  );
  return rows;
}

/** The log's right edge over its first `size` leaves, to grow on from. Rejects when the log holds fewer. */
export async function treeOver(db: Queryable, size: number): Promise<GrowingTree> {
  return new GrowingTree(size, await readTree(db, (node) => peaks(size).map(node)));
}

/** Appends leaves to the log, whose right edge `tree` is, and to `tree`. The caller holds the log's lock. */
export async function appendLeaves(
  db: Queryable,
  tree: GrowingTree,
  leaves: readonly LogLeaf[],
): Promise<void> {
  const rows = leaves.map((leaf) => {
    const hash = hashOfLeaf(leaf);
    return { index: tree.size, ...leaf, leafHash: hash, nodes: tree.append(hash) };
  });
  await db.query(
    `INSERT INTO log_leaves (leaf_index, stream_id, seq, event_hash, hash, nodes)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $5::bytea[], $6::bytea[])`,
    [
      rows.map(({ index }) => index),
      rows.map(({ stream }) => stream),
      rows.map(({ seq }) => seq),
      rows.map(({ hash }) => hash),
      rows.map(({ leafHash }) => leafHash),
      rows.map(({ nodes }) => nodes),
    ],
  );
}

export async function logSize(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ size: string }>(
    "SELECT coalesce(max(leaf_index) + 1, 0) AS size FROM log_leaves",
  );
  return Number(rows[0]?.size ?? 0);
}

/** The root over the log's first `size` leaves. Rejects when the log holds fewer. */
export async function logRoot(db: Queryable, size: number): Promise<Buffer> {
  const computation = (read: NodeReader) => treeRoot(size, read);
  return computation(await readTree(db, computation));
}

// By stream what is beyond the last leaf: one look in an index each, however long the histories are. By time,
// but none before another of its stream, whatever its date says.
const NEW_EVENTS = `
SELECT e.stream_id AS stream, e.seq, e.hash
  FROM (
    SELECT h.id, h.revision, coalesce((SELECT max(l.seq) FROM log_leaves l WHERE l.stream_id = h.id), 0) AS logged
      FROM (SELECT id, revision FROM deployments UNION ALL SELECT id, revision FROM installations) h) s
  JOIN events e ON e.stream_id = s.id AND e.seq > s.logged
 WHERE s.revision > s.logged
 ORDER BY max(e.at) OVER (PARTITION BY e.stream_id ORDER BY e.seq), e.stream_id, e.seq
 LIMIT $1`;
