import { now } from "#lib/clock.ts";
import { appendLeaves, newEvents, readLeaves, treeOver } from "#lib/db/append-to-log.ts";
import {
  checkpointsAbove,
  insertCheckpoint,
  newestSigned,
  type SignedHead,
  type StoredCheckpoint,
} from "#lib/db/checkpoints.ts";
import { readLogEntries } from "#lib/db/log-entries.ts";
import { MissingNode, type Queryable } from "#lib/db/log-nodes.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { keepLastSigned, lastSigned, type LastSigned } from "#lib/last-signed.ts";
import { signCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
import type { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf, isLogLeaf, type LogLeaf } from "#lib/proof/log-leaf.ts";
import { setSealedAside, keepSealed, sealedJournal } from "#lib/sealed-journal.ts";
import { signingKey } from "#lib/signing-key.ts";
import {
  HistoryLost,
  leavesOnTheirWay,
  openOwn,
  refuseBehindDelivered,
  refuseUncontinued,
} from "./signed-log.ts";

const EVENTS_AT_ONCE = 5_000;

/**
 * Brings every event that the log lacks into it and signs its head; answers with the newest
 * checkpoint. Rejects with `HistoryLost`, and signs nothing, when the database does not continue
 * what this machine signed last, or would have it sign an event in the place of one that it signed.
 */
export async function sealHistory(): Promise<StoredCheckpoint | null> {
  const newest = await inTransactionUnder("countersign log", seal).catch(asLost);
  return newest && { size: newest.size, note: newest.note, at: newest.at };
}

async function seal(db: Queryable): Promise<SignedHead | null> {
  const last = lastSigned();
  if (last === null) setSealedAside();
  else await finish(db, last);
  const before = await newestSigned(db, signingKey());
  if (last !== null) await refuseUncontinued(db, openOwn(last.note), before);
  await refuseBehindDelivered(db);
  if (before !== null) await catchUp(db, before);
  const tree = await treeOver(db, before?.size ?? 0);
  if (before !== null && !tree.root().equals(before.root)) throw otherEvents(before);
  const refuseFalse = refusingFalse(sealedJournal()?.sealed);
  const adopted = await adopt(db, tree, refuseFalse);
  const leaves = [...adopted, ...(await append(db, tree, refuseFalse))];
  if (leaves.length === 0 || (await isTaken(db, tree.size))) {
    // Another machine with the same key may have signed since.
    if (before !== null && before.size !== sizeOf(last))
      keepLastSigned({ note: before.note, leaves: [] }, last);
    return before;
  }
  const checkpoint = { size: tree.size, root: tree.root(), at: now() };
  const note = signCheckpoint(checkpoint, signingKey());
  // First here, and then there: a database that keeps what was signed to itself has it signed once.
  keepLastSigned({ note, leaves }, last);
  await insertCheckpoint(db, note);
  return { ...checkpoint, note };
}

function sizeOf(last: LastSigned | null): number {
  return last === null ? 0 : openOwn(last.note).size;
}

// What was signed, and did not reach the database, is brought there as it was signed.
async function finish(db: Queryable, last: LastSigned): Promise<void> {
  const signed = openOwn(last.note);
  if (await isTaken(db, signed.size)) return;
  const missing = await leavesOnTheirWay(db, last);
  if (missing === null) return;
  const tree = await treeOver(db, signed.size - missing.length);
  await appendLeaves(db, tree, missing);
  if (!tree.root().equals(signed.root)) throw otherEvents(signed);
  await insertCheckpoint(db, last.note);
}

// The app's own role may write a checkpoint that the key has not signed: then the next is over more events.
async function isTaken(db: Queryable, size: number): Promise<boolean> {
  const [stored] = await checkpointsAbove(db, size - 1, 1);
  return stored?.size === size;
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

type RefuseFalse = (leaf: LogLeaf) => void;

// Others that use the app's own role append to the log too. What they append is signed where it is what
// would be appended now, with the same hashes: an event that there is, and the next of its stream.
async function adopt(db: Queryable, tree: GrowingTree, refuseFalse: RefuseFalse): Promise<LogLeaf[]> {
  const adopted: LogLeaf[] = [];
  for (;;) {
    const entries = await readLogEntries(db, tree.size, EVENTS_AT_ONCE);
    for (const { index, stream, seq, eventHash, hashNow, hash, nodes } of entries) {
      const leaf = { stream, seq, hash: eventHash };
      refuseFalse(leaf);
      const isNext = index === tree.size && hashNow === eventHash && hash.equals(hashOfLeaf(leaf));
      if (!isNext || !nodes.equals(tree.append(hash)))
        throw new HistoryLost(
          `entry ${index + 1} of the log is not what belongs there, and nobody signed it`,
        );
      adopted.push(leaf);
    }
    if (entries.length < EVENTS_AT_ONCE) return adopted;
  }
}

// However many they are, they come under one checkpoint: of two the second would cover what is older than the first.
async function append(db: Queryable, tree: GrowingTree, refuseFalse: RefuseFalse): Promise<LogLeaf[]> {
  const appended: LogLeaf[] = [];
  for (;;) {
    const leaves = await newEvents(db, EVENTS_AT_ONCE);
    if (leaves.length === 0) return appended;
    leaves.forEach(refuseFalse);
    await appendLeaves(db, tree, leaves);
    appended.push(...leaves);
  }
}

// The database says what its columns are; what is no text here could pass for a stream that was never seen.
function refusingFalse(sealed: ReadonlyMap<string, number> | undefined): RefuseFalse {
  const furthest = new Map<string, number>();
  return (leaf) => {
    if (!isLogLeaf(leaf)) throw new HistoryLost("the database tells events that have no such form");
    const { stream, seq } = leaf;
    const before = furthest.get(stream) ?? sealed?.get(stream) ?? 0;
    if (seq <= before)
      throw new HistoryLost(`event ${seq} of ${stream} is said to be new, and was signed before`);
    if (seq > before + 1)
      throw new HistoryLost(`event ${seq} of ${stream} is said to be the next after ${before}`);
    furthest.set(stream, seq);
  };
}

function otherEvents({ size, at }: Checkpoint): HistoryLost {
  return new HistoryLost(`the log's first ${size} entries are not those that the checkpoint of ${at} signed`);
}

function asLost(error: unknown): never {
  throw error instanceof MissingNode ? new HistoryLost(error.message, { cause: error }) : error;
}
