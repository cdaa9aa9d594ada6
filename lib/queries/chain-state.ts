import { chainFlaw, type Flaw } from "#lib/db/chain-flaw.ts";
import { pool } from "#lib/db/pool.ts";
import { loadRemovals, removalFlaw } from "#lib/db/stones.ts";
import type { Stone } from "#lib/domain/stones.ts";

export type ChainState = {
  readonly events: number;
  readonly head: string | null;
  readonly flaw: Flaw | null;
  /** Where the removal of the record's content is told; null while it has its content. */
  readonly stone: Stone | null;
};

/** Checks every link of one deployment's chain now. The caller has been let in to the record. */
export async function chainState(deploymentId: string): Promise<ChainState> {
  const [removals, heads, events] = await Promise.all([
    loadRemovals(deploymentId),
    pool().query<{ id: string; revision: number; head_hash: string }>(
      "SELECT id, revision, head_hash FROM deployments WHERE id = $1::uuid",
      [deploymentId],
    ),
    pool().query<{ seq: number; body: string; hash: string }>(
      "SELECT seq, body, hash FROM events WHERE stream_id = $1::uuid ORDER BY seq",
      [deploymentId],
    ),
  ]);
  const head = heads.rows[0];
  if (head === undefined) return { events: 0, head: null, flaw: null, stone: null };
  const removal = removals.get(deploymentId);
  const broken = chainFlaw(head, events.rows, [], removal?.stone.seq ?? null);
  const flaw = broken ?? (removal === undefined ? null : await removalFlaw(removal, events.rows));
  return { events: events.rows.length, head: head.head_hash, flaw, stone: removal?.stone ?? null };
}
