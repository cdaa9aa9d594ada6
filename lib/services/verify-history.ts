import type { Flaw } from "#lib/db/chain-flaw.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { countEvents, streamIds, streamIdsBetween } from "#lib/db/read-stream.ts";
import { loadRemovals, type Removal } from "#lib/db/stones.ts";
import type { VerificationScope } from "#lib/domain/inputs/verifications.ts";
import { sealedJournal, type SealedJournal } from "#lib/sealed-journal.ts";
import { lastDelivered, type LastDelivered } from "#lib/last-delivered.ts";
import { lastSigned, type LastSigned } from "#lib/last-signed.ts";
import { signingKey } from "#lib/signing-key.ts";
import { leavesOnTheirWay } from "./signed-log.ts";
import { verifyLog } from "./verify-log.ts";
import { readSigners, type Signers } from "./verify-signers.ts";
import { verifyStream, type CheckedStream } from "./verify-stream.ts";

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
 * that what is left is exactly what its stone tells; each signature against who could sign then;
 * then the log: its tree against every checkpoint, their signatures, and what is kept outside the
 * database. Names the first flaw of each stream and of the log. What throws is a flaw of where it does:
 * nothing that is written ends a verification, and hides what else there is to find.
 */
export async function verifyHistory({
  scope = { kind: "everything" },
  checkpoints = [],
  onProgress,
}: VerifyOptions = {}): Promise<Verification> {
  // Before anything else: what was signed last, the database may be told of in this moment.
  const beside = await attempt(null, async () => ({
    last: lastSigned(),
    delivered: lastDelivered(),
    journal: sealedJournal(),
  }));
  const ids = await streamsIn(scope);
  const total = await countEvents(ids);
  const flaws: Flaw[] = [];
  const removals = await attempt(INSTALLATION_ID, loadRemovals);
  if (removals.flaw !== null) flaws.push(removals.flaw);
  else if (scope.kind === "everything") flaws.push(...strayStones(removals.found, ids));
  const signers = await attempt(INSTALLATION_ID, readSigners);
  const removed: Removed[] = [];
  let events = 0;
  for (const id of ids) {
    const { found, flaw } = await attempt(id, async () =>
      withSigners(await verifyStream(id, removals.found?.get(id)), signers.found),
    );
    const named = flaw ?? found.flaw;
    if (named !== null) flaws.push(named);
    else if (found?.stone) removed.push({ stream: id, stone: found.stone.seq, at: found.stone.at });
    events += found?.stream.events.length ?? 0;
    await onProgress?.(events, total);
  }
  const log = await attempt(null, async () => logFlaws(checkpoints, beside.found));
  const around = [signers.flaw, signers.found?.flaw ?? null, beside.flaw, log.flaw, ...(log.found ?? [])];
  const more = around
    .filter((flaw) => flaw !== null)
    .filter((flaw) => !flaws.some(({ stream, seq }) => isAt(flaw, stream, seq)));
  const found = [...flaws, ...more];
  const whole = removed.filter(({ stream }) => !found.some((flaw) => flaw.stream === stream));
  return { streams: ids.length, events, flaws: found, removed: whole };
}

async function withSigners(checked: CheckedStream, signers: Signers | null): Promise<CheckedStream> {
  if (checked.flaw !== null || checked.stone !== null || signers === null) return checked;
  return { ...checked, flaw: await signers.flawOf(checked.stream) };
}

type Beside = {
  readonly last: LastSigned | null;
  readonly delivered: LastDelivered | null;
  readonly journal: SealedJournal | null;
};

// Whatever the scope: what was done to the log shows in the whole of it alone.
async function logFlaws(checkpoints: readonly string[], beside: Beside | null): Promise<readonly Flaw[]> {
  const { last = null, delivered = null, journal = null } = beside ?? {};
  const awaited = last === null ? null : await leavesOnTheirWay(pool(), last);
  const signed = last === null || (awaited !== null && awaited.length > 0) ? [] : [last.note];
  const outside = delivered === null ? [] : [delivered.note];
  return verifyLog(signingKey(), [...checkpoints, ...outside, ...signed], journal?.checkpoints);
}

type Attempt<T> = { readonly found: T; readonly flaw: null } | { readonly found: null; readonly flaw: Flaw };

/** What a check finds, or the flaw that it cannot be made. Rejects only where the database is away. */
async function attempt<T>(stream: string | null, check: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { found: await check(), flaw: null };
  } catch {
    // A connection that was cut is nobody's flaw, so it is tried once more.
    await pool().query("SELECT 1");
  }
  try {
    return { found: await check(), flaw: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { found: null, flaw: { stream, seq: null, message: `it cannot be verified: ${why}` } };
  }
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
