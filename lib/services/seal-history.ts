import { now } from "#lib/clock.ts";
import { appendNewEvents, logRoot } from "#lib/db/append-to-log.ts";
import { insertCheckpoint, latestCheckpoint, type StoredCheckpoint } from "#lib/db/checkpoints.ts";
import { MissingNode, type Queryable } from "#lib/db/log-nodes.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { openCheckpoint, signCheckpoint } from "#lib/proof/checkpoint.ts";
import { keepLastSigned, lastSigned, signingKey } from "#lib/signing-key.ts";

const EVENTS_AT_ONCE = 5_000;

/**
 * Brings every event that the log lacks into it and signs its head; answers with the newest
 * checkpoint. Rejects with `HistoryLost`, and signs nothing, when the database does not continue
 * what this machine signed last.
 */
export async function sealHistory(): Promise<StoredCheckpoint | null> {
  const key = signingKey();
  for (;;) {
    const { newest, more } = await inTransactionUnder("countersign log", async (db) => {
      await refuseAnotherPast(db);
      const { size, added } = await appendNewEvents(db, EVENTS_AT_ONCE);
      const before = await latestCheckpoint(db);
      if (size === (before?.size ?? 0)) return { newest: before, more: false };
      const at = now();
      const note = signCheckpoint({ size, root: await logRoot(db, size), at }, key);
      await insertCheckpoint(db, note);
      return { newest: { size, note, at }, more: added === EVENTS_AT_ONCE };
    });
    if (newest !== null) keepLastSigned(newest.note);
    if (!more) return newest;
  }
}

/** The database tells another past than the one this machine has signed. */
export class HistoryLost extends Error {
  override readonly name = "HistoryLost";
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
