import { now } from "#lib/clock.ts";
import { appendLeaves, logSize, newEvents, readLeaves, treeOver } from "#lib/db/append-to-log.ts";
import { insertCheckpoint, latestCheckpoint, type StoredCheckpoint } from "#lib/db/checkpoints.ts";
import { MissingNode, type Queryable } from "#lib/db/log-nodes.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { keepLastSigned, lastSigned, type LastSigned } from "#lib/last-signed.ts";
import { signCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
import { hashOfLeaf, isLogLeaf, type LogLeaf } from "#lib/proof/log-leaf.ts";
import { setSealedAside, keepSealed, sealedJournal } from "#lib/sealed-journal.ts";
import { signingKey } from "#lib/signing-key.ts";
import { HistoryLost, isOnItsWay, notContinued, openOwn, refuseAnotherPast } from "./signed-log.ts";

const EVENTS_AT_ONCE = 5_000;

/** The head of the log, and the note that signs it. */
type Head = Checkpoint & { readonly note: string };

/**
 * Brings every event that the log lacks into it and signs its head; answers with the newest
 * checkpoint. Rejects with `HistoryLost`, and signs nothing, when the database does not continue
 * what this machine signed last, or would have it sign an event in the place of one that it signed.
 */
export async function sealHistory(): Promise<StoredCheckpoint | null> {
  for (;;) {
    const { newest, added } = await inTransactionUnder("countersign log", sealSome).catch(asLost);
    if (added < EVENTS_AT_ONCE) return newest && { ...newest };
  }
}

async function sealSome(db: Queryable): Promise<{ newest: Head | null; added: number }> {
  const last = lastSigned();
  if (last === null) setSealedAside();
  else await finish(db, last);
  const before = await signedHead(db);
  if (last !== null) refuseCut(before, openOwn(last.note));
  if (before !== null) {
    await refuseAnotherPast(db, before);
    await catchUp(db, before);
  }
  const leaves = await newEvents(db, EVENTS_AT_ONCE);
  if (leaves.length === 0) {
    // Another machine with the same key may have signed since.
    if (before !== null && before.size !== sizeOf(last)) keepLastSigned({ note: before.note, leaves }, last);
    return { newest: before, added: 0 };
  }
  refuseKnown(leaves);
  const tree = await treeOver(db, before?.size ?? 0);
  if (before !== null && !tree.root().equals(before.root)) throw otherEvents(before);
  await appendLeaves(db, tree, leaves);
  const checkpoint = { size: tree.size, root: tree.root(), at: now() };
  const note = signCheckpoint(checkpoint, signingKey());
  // First here, and then there: a database that keeps what was signed to itself has it signed once.
  keepLastSigned({ note, leaves }, last);
  await insertCheckpoint(db, note);
  return { newest: { ...checkpoint, note }, added: leaves.length };
}

function sizeOf(last: LastSigned | null): number {
  return last === null ? 0 : openOwn(last.note).size;
}

function refuseCut(held: Head | null, signed: Checkpoint): void {
  if ((held?.size ?? 0) < signed.size) throw notContinued(signed);
}

// What was signed, and did not reach the database, is brought there as it was signed.
async function finish(db: Queryable, last: LastSigned): Promise<void> {
  if (!(await isOnItsWay(db, last))) return;
  const signed = openOwn(last.note);
  const tree = await treeOver(db, signed.size - last.leaves.length);
  await appendLeaves(db, tree, last.leaves);
  if (!tree.root().equals(signed.root)) throw otherEvents(signed);
  await insertCheckpoint(db, last.note);
}

// Each leaf is signed in the transaction that appends it: others are nobody's that has the key.
async function signedHead(db: Queryable): Promise<Head | null> {
  const size = await logSize(db);
  const newest = await latestCheckpoint(db);
  const head = newest === null ? null : { ...openOwn(newest.note), note: newest.note };
  if (size !== (head?.size ?? 0))
    throw new HistoryLost(`the log holds ${size} events, and ${head?.size ?? "none"} of them were signed`);
  return head;
}

// The names of leaves lie under their hashes, so that what was signed vouches for how far each stream goes:
// on a machine that has no journal yet, that was killed, or beside which others sign.
async function catchUp(db: Queryable, head: Checkpoint): Promise<void> {
  const known = sealedJournal()?.size ?? 0;
  if (known >= head.size) return;
  const tree = await treeOver(db, known);
  const furthest = new Map<string, number>();
  while (tree.size < head.size) {
    const leaves = await readLeaves(db, tree.size, Math.min(tree.size + EVENTS_AT_ONCE, head.size));
    if (leaves.length === 0 || !leaves.every(isLogLeaf)) throw otherEvents(head);
    for (const leaf of leaves) {
      tree.append(hashOfLeaf(leaf));
      furthest.set(leaf.stream, Math.max(leaf.seq, furthest.get(leaf.stream) ?? 0));
    }
  }
  if (!tree.root().equals(head.root)) throw otherEvents(head);
  keepSealed(furthest, head);
}

// The database says what its columns are; what is no text here could pass for a stream that was never seen.
function refuseKnown(leaves: readonly LogLeaf[]): void {
  if (!leaves.every(isLogLeaf)) throw new HistoryLost("the database tells events that have no such form");
  const sealed = sealedJournal()?.sealed;
  const replaced = leaves.find(({ stream, seq }) => seq <= (sealed?.get(stream) ?? 0));
  if (replaced !== undefined)
    throw new HistoryLost(
      `event ${replaced.seq} of ${replaced.stream} is said to be new, and was signed before`,
    );
}

function otherEvents({ size, at }: Checkpoint): HistoryLost {
  return new HistoryLost(`the log's first ${size} entries are not those that the checkpoint of ${at} signed`);
}

function asLost(error: unknown): never {
  throw error instanceof MissingNode ? new HistoryLost(error.message, { cause: error }) : error;
}
