import { randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { checkpointsAbove, latestCheckpoint } from "#lib/db/checkpoints.ts";
import { lastAttempt, lastDelivery, recordDelivery } from "#lib/db/deliveries.ts";
import { pool } from "#lib/db/pool.ts";
import { destinations, type Destination } from "./checkpoint-destinations.ts";

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
 * why not. Rejects when it did not, so that the queue tries again. One may arrive twice.
 */
export async function deliverCheckpoints(kind: string): Promise<void> {
  const destination = destinations().find((candidate) => candidate.kind === kind);
  if (destination === undefined) return;
  for (;;) {
    const last = await lastDelivery(destination.kind, destination.target);
    const waiting = await checkpointsAbove(pool(), last?.toSize ?? 0, CHECKPOINTS_AT_ONCE);
    const [first, newest] = [waiting[0], waiting.at(-1)];
    if (first === undefined || newest === undefined) return;
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
