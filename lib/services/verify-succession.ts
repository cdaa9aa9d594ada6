import type { Flaw } from "#lib/db/chain-flaw.ts";
import { readTree } from "#lib/db/log-nodes.ts";
import { pool } from "#lib/db/pool.ts";
import { provesConsistency } from "#lib/proof/check-tree.ts";
import { consistencyProof, type NodeReader } from "#lib/proof/merkle-tree.ts";
import type { VerifierKey } from "#lib/proof/note-keys.ts";
import { checkpointFlaw, openAll } from "./verify-log.ts";

/** Whether each checkpoint is signed, leads to the log's own hashes, and continues the one before it. */
export async function verifySuccession(
  key: VerifierKey,
  notes: readonly string[],
  brought: readonly string[],
): Promise<Flaw | null> {
  const opened = openAll(key, [...notes, ...brought]);
  if ("stream" in opened) return opened;
  const inOrder = opened.toSorted((a, b) => a.size - b.size);
  for (const [place, checkpoint] of inOrder.entries()) {
    const before = inOrder[place - 1] ?? null;
    const flaw = await checkpointFlaw(checkpoint, before);
    if (flaw !== null) return flaw;
    if (before === null) continue;
    const prove = (read: NodeReader) => consistencyProof(before.size, checkpoint.size, read);
    const proof = prove(await readTree(pool(), prove));
    if (!provesConsistency(before.size, checkpoint.size, proof, before.root, checkpoint.root))
      return {
        stream: null,
        seq: null,
        message: `the checkpoint of ${checkpoint.at} does not continue that of ${before.at}`,
      };
  }
  return null;
}
