import { chainFlaw, type Flaw } from "#lib/db/chain-flaw.ts";
import { readStream } from "#lib/db/read-stream.ts";
import { loadRemovals, removalFlaw } from "#lib/db/stones.ts";
import type { Stone } from "#lib/domain/stones.ts";

export type ChainState = {
  readonly events: number;
  readonly head: string | null;
  readonly flaw: Flaw | null;
  /** Where the removal of the record's content is told; null while it has its content. */
  readonly stone: Stone | null;
};

/** Checks every link of one deployment's chain, and what the log names of it, now. The caller has been let in to the record. */
export async function chainState(deploymentId: string): Promise<ChainState> {
  const [removals, { head, events, logged }] = await Promise.all([
    loadRemovals(deploymentId),
    readStream(deploymentId),
  ]);
  if (head === null) return { events: 0, head: null, flaw: null, stone: null };
  const removal = removals.get(deploymentId);
  const broken = chainFlaw(head, events, logged, removal?.stone.seq ?? null);
  const flaw = broken ?? (removal === undefined ? null : await removalFlaw(removal, events));
  return { events: events.length, head: head.head_hash, flaw, stone: removal?.stone ?? null };
}
