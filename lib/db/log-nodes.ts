import type { QueryResult, QueryResultRow } from "pg";
import { nodesRead, type NodeId, type NodeReader } from "#lib/proof/merkle-tree.ts";

export type Queryable = {
  query: <R extends QueryResultRow>(text: string, values?: unknown[]) => Promise<QueryResult<R>>;
};

/**
 * A reader of the tree's stored hashes for these computations, and no others. Rejects when the log
 * lacks one of them.
 */
export async function readTree(
  db: Queryable,
  ...computations: readonly ((read: NodeReader) => unknown)[]
): Promise<NodeReader> {
  const asked = computations.flatMap((computation) => nodesRead(computation));
  const leaves = [...new Set(asked.map(leafThatCompletes))];
  const { rows } = await db.query<{ leaf_index: string; hash: Buffer; nodes: Buffer }>(
    "SELECT leaf_index, hash, nodes FROM log_leaves WHERE leaf_index = ANY($1::bigint[])",
    [leaves],
  );
  const stored = new Map(rows.map((row) => [Number(row.leaf_index), row]));
  return (node) => {
    const leaf = stored.get(leafThatCompletes(node));
    const hash = node.level === 0 ? leaf?.hash : leaf?.nodes.subarray((node.level - 1) * 32, node.level * 32);
    if (hash?.length !== 32) throw new MissingNode(node);
    return hash;
  };
}

/** The log lacks a hash that its size asks for. */
export class MissingNode extends Error {
  override readonly name = "MissingNode";
  constructor({ level, index }: NodeId) {
    super(`the log has no subtree ${level}:${index}`);
  }
}

function leafThatCompletes({ level, index }: NodeId): number {
  return (index + 1) * 2 ** level - 1;
}
