import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { peaks, treeRoot, type NodeReader } from "#lib/proof/merkle-tree.ts";
import { readTree, type Queryable } from "./log-nodes.ts";

type NewEvent = { readonly stream: string; readonly seq: number; readonly hash: string };

/**
 * Appends up to `limit` events that the log lacks, in the order of each stream, and answers with them and
 * with how many the log then holds. The caller holds the log's lock.
 */
export async function appendNewEvents(
  db: Queryable,
  limit: number,
): Promise<{ size: number; added: readonly NewEvent[] }> {
  const size = await logSize(db);
  const { rows } = await db.query<NewEvent>(NEW_EVENTS, [limit]);
  if (rows.length === 0) return { size, added: [] };
  const tree = new GrowingTree(size, await readTree(db, (node) => peaks(size).map(node)));
  const leaves = rows.map((event) => {
    const hash = hashOfLeaf(event);
    return { index: tree.size, hash, nodes: tree.append(hash) };
  });
  await db.query(
    `INSERT INTO log_leaves (leaf_index, stream_id, seq, event_hash, hash, nodes)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $5::bytea[], $6::bytea[])`,
    [
      leaves.map(({ index }) => index),
      rows.map(({ stream }) => stream),
      rows.map(({ seq }) => seq),
      rows.map(({ hash }) => hash),
      leaves.map(({ hash }) => hash),
      leaves.map(({ nodes }) => nodes),
    ],
  );
  return { size: size + rows.length, added: rows };
}

/** How far the log holds each stream. */
export async function loggedStreams(
  db: Queryable,
): Promise<readonly { readonly stream: string; readonly seq: number }[]> {
  const { rows } = await db.query<{ stream: string; seq: number }>(
    "SELECT stream_id AS stream, max(seq) AS seq FROM log_leaves GROUP BY stream_id",
  );
  return rows;
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

// By stream what is beyond the last leaf: one look in an index each, however long the histories are.
const NEW_EVENTS = `
SELECT e.stream_id AS stream, e.seq, e.hash
  FROM (
    SELECT h.id, h.revision, coalesce((SELECT max(l.seq) FROM log_leaves l WHERE l.stream_id = h.id), 0) AS logged
      FROM (SELECT id, revision FROM deployments UNION ALL SELECT id, revision FROM installations) h) s
  JOIN events e ON e.stream_id = s.id AND e.seq > s.logged
 WHERE s.revision > s.logged
 ORDER BY e.at, e.stream_id, e.seq
 LIMIT $1`;
