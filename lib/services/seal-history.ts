import { now } from "#lib/clock.ts";
import { appendNewEvents, loggedStreams, logRoot, logSize } from "#lib/db/append-to-log.ts";
import { insertCheckpoint, latestCheckpoint, type StoredCheckpoint } from "#lib/db/checkpoints.ts";
import { MissingNode, type Queryable } from "#lib/db/log-nodes.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { openCheckpoint, signCheckpoint } from "#lib/proof/checkpoint.ts";
import { keepSealed, sealedJournal, type Leaf, type SealedJournal } from "#lib/sealed-journal.ts";
import { keepLastSigned, lastSigned, signingKey } from "#lib/signing-key.ts";

const EVENTS_AT_ONCE = 5_000;

/**
 * Brings every event that the log lacks into it and signs its head; answers with the newest
 * checkpoint. Rejects with `HistoryLost`, and signs nothing, when the database does not continue
 * what this machine signed last, or would have it sign an event in the place of one that it signed.
 */
export async function sealHistory(): Promise<StoredCheckpoint | null> {
  for (;;) {
    const { newest, sealed } = await inTransactionUnder("countersign log", sealSome);
    if (newest !== null) keepIfNewer(newest);
    if (sealed !== null) keepSealed(sealed.leaves, sealed.checkpoint);
    if ((sealed?.added ?? 0) < EVENTS_AT_ONCE) return newest;
  }
}

async function sealSome(db: Queryable) {
  await refuseAnotherPast(db);
  const before = await latestCheckpoint(db);
  await refuseForeignLeaves(db, before);
  const journal = sealedJournal();
  const { size, added } = await appendNewEvents(db, EVENTS_AT_ONCE);
  if (added.length === 0) return { newest: before, sealed: null };
  if (journal !== null) refuseReplaced(added, journal);
  const checkpoint = { size, root: await logRoot(db, size), at: now() };
  const note = signCheckpoint(checkpoint, signingKey());
  await insertCheckpoint(db, note);
  // A machine that keeps its first journal takes what was sealed before it as it finds it.
  const leaves = journal === null ? await loggedStreams(db) : added;
  return { newest: { size, note, at: checkpoint.at }, sealed: { leaves, checkpoint, added: added.length } };
}

/** The database tells another past than the one this machine has signed. */
export class HistoryLost extends Error {
  override readonly name = "HistoryLost";
}

// Two processes may seal at once, and the one that was first come second to the file.
function keepIfNewer({ size, note }: StoredCheckpoint): void {
  const kept = lastSigned();
  if (size > (kept === null ? 0 : (openCheckpoint(kept, signingKey())?.size ?? 0))) keepLastSigned(note);
}

// Each leaf is signed in the transaction that appends it: others are nobody's that has the key.
async function refuseForeignLeaves(db: Queryable, newest: StoredCheckpoint | null): Promise<void> {
  const size = await logSize(db);
  const signed = newest === null ? 0 : (openCheckpoint(newest.note, signingKey())?.size ?? null);
  if (size !== signed)
    throw new HistoryLost(`the log holds ${size} events, and ${signed ?? "none"} of them were signed`);
}

function refuseReplaced(added: readonly Leaf[], { sealed }: SealedJournal): void {
  const replaced = added.find(({ stream, seq }) => seq <= (sealed.get(stream) ?? 0));
  if (replaced !== undefined)
    throw new HistoryLost(
      `event ${replaced.seq} of ${replaced.stream} is said to be new, and was signed before`,
    );
}

async function refuseAnotherPast(db: Queryable): Promise<void> {
  const note = lastSigned();
  if (note === null) return;
  const signed = openCheckpoint(note, signingKey());
  if (signed === null) throw new HistoryLost("the checkpoint kept beside the signing key is not this key's");
  const root = await logRoot(db, signed.size).catch((error: unknown) => {
    if (error instanceof MissingNode) return null;
    throw error;
  });
  if (root === null || !root.equals(signed.root)) {
    throw new HistoryLost(
      `the database does not continue the checkpoint over ${signed.size} events signed at ${signed.at}`,
    );
  }
}
