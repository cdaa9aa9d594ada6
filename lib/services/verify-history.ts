import type { Flaw } from "#lib/db/chain-flaw.ts";
import { countEvents, streamIds, streamIdsBetween } from "#lib/db/read-stream.ts";
import { loadRemovals, type Removal } from "#lib/db/stones.ts";
import type { VerificationScope } from "#lib/domain/inputs/verifications.ts";
import { sealedJournal } from "#lib/sealed-journal.ts";
import { lastSigned } from "#lib/last-signed.ts";
import { signingKey } from "#lib/signing-key.ts";
import { verifyLog } from "./verify-log.ts";
import { verifyStream } from "./verify-stream.ts";

export type Verification = {
  readonly streams: number;
  readonly events: number;
  readonly flaws: readonly Flaw[];
  /** Records whose content was removed, with hashes intact: no flaws. */
  readonly removed: readonly Removed[];
};

export type Removed = { readonly stream: string; readonly stone: number; readonly at: string };

export type VerifyOptions = {
  readonly scope?: VerificationScope;
  /** Checkpoints that were delivered outside, as notes; held against what the database holds now. */
  readonly checkpoints?: readonly string[];
  readonly onProgress?: (checked: number, total: number) => Promise<void>;
};

/**
 * Checks every event of the streams in scope (number, link, canonical form, hash, entry in the log),
 * that each ends where its record says, that replaying it gives what the tables hold, and its files, or
 * that what is left is exactly what its stone tells;
 * then the log: its tree against every checkpoint, their signatures, and what is kept outside the
 * database. Names the first flaw of each stream and of the log.
 */
export async function verifyHistory({
  scope = { kind: "everything" },
  checkpoints = [],
  onProgress,
}: VerifyOptions = {}): Promise<Verification> {
  const kept = lastSigned()?.note ?? null;
  const brought = kept === null ? checkpoints : [...checkpoints, kept];
  const ids = await streamsIn(scope);
  const total = await countEvents(ids);
  const removals = await loadRemovals();
  const flaws = scope.kind === "everything" ? strayStones(removals, ids) : [];
  const removed: Removed[] = [];
  let events = 0;
  for (const id of ids) {
    const { stream, flaw, stone } = await verifyStream(id, removals.get(id));
    if (flaw !== null) flaws.push(flaw);
    else if (stone !== null) removed.push({ stream: id, stone: stone.seq, at: stone.at });
    events += stream.events.length;
    await onProgress?.(events, total);
  }
  // Whatever the scope: what was done to the log shows in the whole of it alone.
  const inLog = await verifyLog(signingKey(), brought, sealedJournal()?.checkpoints);
  if (inLog !== null && !flaws.some(({ stream, seq }) => isAt(inLog, stream, seq))) flaws.push(inLog);
  return { streams: ids.length, events, flaws, removed };
}

function strayStones(removals: ReadonlyMap<string, Removal>, ids: readonly string[]): Flaw[] {
  const known = new Set(ids);
  return [...removals]
    .filter(([stream]) => !known.has(stream))
    .map(([stream, { stone }]) => ({
      stream,
      seq: null,
      message: `stone ${stone.seq} tells of a record that is not there`,
    }));
}

function isAt(flaw: Flaw, stream: string | null, seq: number | null): boolean {
  return flaw.stream !== null && flaw.stream === stream && flaw.seq === seq;
}

async function streamsIn(scope: VerificationScope): Promise<readonly string[]> {
  switch (scope.kind) {
    case "everything":
      return streamIds();
    case "range":
      return streamIdsBetween(scope.from, scope.to);
    case "deployment":
      return [scope.deploymentId];
  }
}
