import { holdsEvents, logSize } from "#lib/db/append-to-log.ts";
import { MissingNode, readTree, type Queryable } from "#lib/db/log-nodes.ts";
import { lastSigned, type LastSigned } from "#lib/last-signed.ts";
import { provesConsistency } from "#lib/proof/check-tree.ts";
import { openCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
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
 * Whether what was signed last has not reached the database, which holds all that it is made of: it is
 * written there by its transaction, or by the next seal.
 */
export async function isOnItsWay(db: Queryable, { note, leaves }: LastSigned): Promise<boolean> {
  const signed = openCheckpoint(note, signingKey());
  if (signed === null || leaves.length === 0) return false;
  return (await logSize(db)) === signed.size - leaves.length && holdsEvents(db, leaves);
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

/** What somebody reads of a database that was cut, rewritten, or restored from an older backup. */
export function notContinued({ size, at }: Checkpoint): HistoryLost {
  return new HistoryLost(`the database does not continue the checkpoint over ${size} events signed at ${at}`);
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
