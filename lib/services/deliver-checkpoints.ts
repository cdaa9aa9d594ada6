import { randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { checkpointsAbove, latestCheckpoint, type StoredCheckpoint } from "#lib/db/checkpoints.ts";
import { lastAttempt, lastDelivery, recordDelivery } from "#lib/db/deliveries.ts";
import { pool } from "#lib/db/pool.ts";
import { openCheckpoint } from "#lib/proof/checkpoint.ts";
import { signingKey } from "#lib/signing-key.ts";
import { destinations, type Destination } from "./checkpoint-destinations.ts";
import { refuseBehindDelivered } from "./signed-log.ts";

const CHECKPOINTS_AT_ONCE = 500;

/** The destinations that lack a checkpoint and may be sent one now. */
export async function dueDestinations(): Promise<readonly Destination["kind"][]> {
  const newest = await latestCheckpoint(pool());
  if (newest === null) return [];
  const due: Destination["kind"][] = [];
  for (const { kind, target, everyMinutes } of destinations()) {
    const last = await lastDelivery(kind, target);
    const waits = last !== null && laterBy(last.attemptedAt, everyMinutes * MINUTE) > now();
    if ((last?.toSize ?? 0) < newest.size && !waits) due.push(kind);
  }
  return due;
}

/**
 * Sends a destination every checkpoint that it lacks, oldest first, and records that it arrived, or
 * why not. Rejects when it did not, so that the queue tries again. One may arrive twice. What the table
 * holds and this installation's key has not signed stays here: the verification names it. Rejects with
 * `HistoryLost` where the database does not continue what was delivered before.
 */
export async function deliverCheckpoints(kind: string): Promise<void> {
  const destination = destinations().find((candidate) => candidate.kind === kind);
  if (destination === undefined) return;
  await refuseBehindDelivered(pool());
  const last = await lastDelivery(destination.kind, destination.target);
  let above = last?.toSize ?? 0;
  for (;;) {
    const stored = await checkpointsAbove(pool(), above, CHECKPOINTS_AT_ONCE);
    const top = stored.at(-1);
    if (top === undefined) return;
    above = top.size;
    const waiting = stored.filter(isOurs);
    const [first, newest] = [waiting[0], waiting.at(-1)];
    if (first === undefined || newest === undefined) continue;
    const span = { fromSize: first.size, toSize: newest.size };
    try {
      await destination.deliver(waiting);
    } catch (error) {
      await recordFailure(destination, span, error instanceof Error ? error.message : String(error));
      throw error;
    }
    await record(destination, span, null);
  }
}

function isOurs({ size, note }: StoredCheckpoint): boolean {
  return openCheckpoint(note, signingKey())?.size === size;
}

type Span = { readonly fromSize: number; readonly toSize: number };

// The same failure over and over is one row.
async function recordFailure(
  { kind, target, ...rest }: Destination,
  span: Span,
  error: string,
): Promise<void> {
  const last = await lastAttempt(kind, target);
  if (last?.error !== error || last.fromSize !== span.fromSize)
    await record({ kind, target, ...rest }, span, error);
}

async function record({ kind, target }: Destination, span: Span, error: string | null): Promise<void> {
  await recordDelivery(randomUUID(), { destination: kind, target, ...span, attemptedAt: now(), error });
}
