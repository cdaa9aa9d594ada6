import type { Actor } from "#lib/domain/actor.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { mayEverywhere, maySomewhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { eventsAhead, newestSigned } from "#lib/db/checkpoints.ts";
import { lastAttempt, lastDelivery } from "#lib/db/deliveries.ts";
import { pool } from "#lib/db/pool.ts";
import { lastTellingVerification, type VerificationRun } from "#lib/db/verifications.ts";
import { deliveryTargets, type DeliveryTarget } from "#lib/delivery-targets.ts";
import { fingerprintOf } from "#lib/proof/note-keys.ts";
import { signingKey } from "#lib/signing-key.ts";

/** Events are sealed every minute; after so long without, something is wrong. */
const LATE_MINUTES = 5;

export type DeliveryView = Pick<DeliveryTarget, "kind" | "target"> & {
  /** The last that arrived: how many events it covers, and when. */
  readonly arrived: { readonly size: number; readonly at: Instant } | null;
  /** Why the last attempt failed; null when it arrived. */
  readonly error: string | null;
};

export type ProofState = {
  readonly installationKey: { readonly name: string; readonly text: string; readonly fingerprint: string };
  /** The newest signed head: how many events it covers, and when it was signed. */
  readonly checkpoint: { readonly size: number; readonly at: Instant } | null;
  /** Events that no checkpoint covers yet. */
  readonly waiting: number;
  /** Since when, where they wait longer than they should. */
  readonly lateSince: Instant | null;
  readonly deliveries: readonly DeliveryView[];
  /** What the last verification said that tells of everything; null before the first. */
  readonly verified: { readonly result: "whole" | "broken" | "failed"; readonly at: Instant } | null;
  /** Whether this caller verifies more than one record. */
  readonly verifiesAll: boolean;
};

/** How the proof of the history stands. For whoever verifies the history of some team. */
export async function proofState(actor: Actor): Promise<ProofState> {
  if (!maySomewhere(actor, "history.verify"))
    throw new Rejection("forbidden", "Auditors, admins and team leads see how the proof stands");
  const key = signingKey();
  const checkpoint = await newestSigned(pool(), key);
  const [waiting, lateSince, verified, deliveries] = await Promise.all([
    eventsAhead(pool()),
    lateSinceOf(checkpoint?.at ?? ""),
    lastTellingVerification(),
    Promise.all(deliveryTargets().map(viewDelivery)),
  ]);
  return {
    installationKey: { name: key.name, text: key.text, fingerprint: fingerprintOf(key) },
    checkpoint: checkpoint && { size: checkpoint.size, at: checkpoint.at },
    waiting: Math.max(0, waiting),
    lateSince: waiting > 0 ? lateSince : null,
    deliveries,
    verified: verified && verdictOf(verified),
    verifiesAll: mayEverywhere(actor, "history.verify"),
  };
}

function verdictOf({ finishedAt, failure, flaws }: VerificationRun): ProofState["verified"] {
  if (finishedAt === null) return null;
  if (failure !== null) return { result: "failed", at: finishedAt };
  return { result: flaws === null || flaws.length === 0 ? "whole" : "broken", at: finishedAt };
}

async function viewDelivery({ kind, target }: DeliveryTarget): Promise<DeliveryView> {
  const [last, arrived] = await Promise.all([lastAttempt(kind, target), lastDelivery(kind, target)]);
  return {
    kind,
    target,
    arrived: arrived && { size: arrived.toSize, at: arrived.attemptedAt },
    error: last?.error ?? null,
  };
}

// The first event after a checkpoint, once it is older than sealing ever takes.
async function lateSinceOf(checkpointAt: string): Promise<Instant | null> {
  const { rows } = await pool().query<{ at: string }>(
    "SELECT at FROM events WHERE at > $1 ORDER BY at LIMIT 1",
    [checkpointAt],
  );
  const first = rows[0]?.at;
  return first !== undefined && laterBy(first, LATE_MINUTES * MINUTE) < now() ? first : null;
}
