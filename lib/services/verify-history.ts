import type { Flaw } from "#lib/db/chain-flaw.ts";
import { checkpointsBelow, checkpointsBetween, latestCheckpoint } from "#lib/db/checkpoints.ts";
import { pool } from "#lib/db/pool.ts";
import { countEvents, streamIds, streamIdsBetween } from "#lib/db/read-stream.ts";
import { loadRemovals, type Removal } from "#lib/db/stones.ts";
import type { VerificationScope } from "#lib/domain/inputs/verifications.ts";
import { sealedJournal } from "#lib/sealed-journal.ts";
import { lastSigned } from "#lib/last-signed.ts";
import { signingKey } from "#lib/signing-key.ts";
import { verifyEntries, verifyLog } from "./verify-log.ts";
import { verifyStream } from "./verify-stream.ts";
import { verifySuccession } from "./verify-succession.ts";

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
    const found =
      flaw ?? (scope.kind === "everything" ? null : await entriesFlaw(id, stream.logged, brought));
    if (found !== null) flaws.push(found);
    else if (stone !== null) removed.push({ stream: id, stone: stone.seq, at: stone.at });
    events += stream.events.length;
    await onProgress?.(events, total);
  }
  const inLog = await logFlaw(scope, brought);
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

async function entriesFlaw(
  stream: string,
  logged: readonly { readonly seq: number; readonly hash: string; readonly index: number }[],
  brought: readonly string[],
): Promise<Flaw | null> {
  const newest = await latestCheckpoint(pool());
  const entries = logged.map((entry) => ({ ...entry, stream }));
  return verifyEntries(signingKey(), newest?.note ?? null, brought, entries);
}

async function logFlaw(scope: VerificationScope, brought: readonly string[]): Promise<Flaw | null> {
  const key = signingKey();
  // Whatever the scope: what was done to the log shows in the whole of it alone.
  const inWhole = await verifyLog(key, brought, sealedJournal()?.checkpoints);
  if (inWhole !== null || scope.kind !== "range") return inWhole;
  const inRange = await checkpointsBetween(pool(), scope.from, scope.to);
  const [before] = await checkpointsBelow(pool(), inRange[0]?.size ?? 0, 1);
  const chain = before === undefined ? inRange : [before, ...inRange];
  return verifySuccession(
    key,
    chain.map(({ note }) => note),
    brought,
  );
}
