import { holdsEvents, logSize, readLeaves } from "#lib/db/append-to-log.ts";
import { newestSigned } from "#lib/db/checkpoints.ts";
import { MissingNode, readTree, type Queryable } from "#lib/db/log-nodes.ts";
import { lastDelivered } from "#lib/last-delivered.ts";
import { lastSigned, type LastSigned } from "#lib/last-signed.ts";
import { provesConsistency } from "#lib/proof/check-tree.ts";
import { openCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
import type { LogLeaf } from "#lib/proof/log-leaf.ts";
import { consistencyProof, type NodeReader } from "#lib/proof/merkle-tree.ts";
import { signingKey } from "#lib/signing-key.ts";

/** The database tells another past than the one this machine has signed. */
export class HistoryLost extends Error {
  override readonly name = "HistoryLost";
}

/** What a note of this machine signed. Rejects with `HistoryLost` when the key has not signed it. */
export function openOwn(note: string): Checkpoint {
  const checkpoint = openCheckpoint(note, signingKey());
  if (checkpoint === null) throw new HistoryLost("a checkpoint is not signed by this installation's key");
  return checkpoint;
}

/**
 * The leaves of what was signed last that have not reached the log, which holds the events that they name:
 * they are written there by their transaction, or by the next seal. Null where the log goes on otherwise.
 */
export async function leavesOnTheirWay(
  db: Queryable,
  { note, leaves }: LastSigned,
): Promise<readonly LogLeaf[] | null> {
  const signed = openCheckpoint(note, signingKey());
  if (signed === null) return null;
  const from = signed.size - leaves.length;
  if ((await logSize(db)) < from) return null;
  const there = await readLeaves(db, from, signed.size);
  const isOther = there.some((leaf, place) => !isSame(leaf, leaves[place]));
  return isOther || !(await holdsEvents(db, leaves)) ? null : leaves.slice(there.length);
}

function isSame(leaf: LogLeaf, other: LogLeaf | undefined): boolean {
  return leaf.stream === other?.stream && leaf.seq === other.seq && leaf.hash === other.hash;
}

/**
 * Rejects with `HistoryLost` unless a head of the log, which the database told, and the head that this
 * machine signed last are of one history: the larger continues the smaller.
 */
export async function refuseAnotherPast(db: Queryable, head: Checkpoint): Promise<void> {
  const last = lastSigned();
  if (last === null) return;
  const signed = openOwn(last.note);
  if (await (head.size < signed.size ? continues(db, head, signed) : continues(db, signed, head))) return;
  throw notContinued(signed);
}

/**
 * Rejects with `HistoryLost` unless the newest head that the database tells continues what was signed: it was
 * cut, rewritten, or restored from an older backup. `where` tells where that lies, if not beside the key.
 */
export async function refuseUncontinued(
  db: Queryable,
  signed: Checkpoint,
  head: Checkpoint | null,
  where = "",
): Promise<void> {
  const isContinued = head !== null && head.size >= signed.size && (await continues(db, signed, head));
  if (!isContinued) throw notContinued(signed, where);
}

/**
 * The same for what was delivered last to a file. Where the file alone tells, what lies beside the key was
 * put back together with the database.
 */
export async function refuseBehindDelivered(db: Queryable): Promise<void> {
  // Before the database is asked, which may go on meanwhile.
  const delivered = lastDelivered();
  if (delivered === null) return;
  const head = await newestSigned(db, signingKey());
  const where = `, which was delivered to ${delivered.path}`;
  await refuseUncontinued(db, openOwn(delivered.note), head, where);
}

function notContinued({ size, at }: Checkpoint, where = ""): HistoryLost {
  return new HistoryLost(
    `the database does not continue the checkpoint over ${size} events signed at ${at}${where}`,
  );
}

async function continues(db: Queryable, older: Checkpoint, newer: Checkpoint): Promise<boolean> {
  const computation = (read: NodeReader) => consistencyProof(older.size, newer.size, read);
  try {
    const proof = computation(await readTree(db, computation));
    return provesConsistency(older.size, newer.size, proof, older.root, newer.root);
  } catch (error) {
    if (error instanceof MissingNode) return false;
    throw error;
  }
}
