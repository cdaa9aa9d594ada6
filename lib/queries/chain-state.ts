import { chainFlaw, type Flaw } from "#lib/db/chain-flaw.ts";
import { pool } from "#lib/db/pool.ts";

export type ChainState = {
  readonly events: number;
  readonly head: string | null;
  readonly flaw: Flaw | null;
};

/** Checks every link of one deployment's chain now. The caller has been let in to the record. */
export async function chainState(deploymentId: string): Promise<ChainState> {
  const [heads, events] = await Promise.all([
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
  if (head === undefined) return { events: 0, head: null, flaw: null };
  return { events: events.rows.length, head: head.head_hash, flaw: chainFlaw(head, events.rows) };
}
