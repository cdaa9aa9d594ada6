import type { PasskeyRequest } from "#lib/domain/ceremonies.ts";
import { now } from "#lib/clock.ts";
import type { Actor, SessionRef } from "#lib/domain/actor.ts";
import type { OriginInput, StepUpInput } from "#lib/domain/inputs/account.ts";
import { PROOF_TITLES } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAttempt } from "./attempt-limits.ts";
import { askPasskey } from "./passkey-answers.ts";
import { proveIdentity } from "./proof.ts";
import { logSecurity } from "./security-log.ts";

/** For how long a proof lets its session change how somebody comes in. */
const FRESH_MINUTES = 5;

export type PersonInSession = Actor & { readonly kind: "person"; readonly session: SessionRef };

/**
 * Proves anew who sits at a session, with the second factor where there is one. Rejects with
 * `rate-limited` also after too many that succeeded, sign-ins included.
 */
export async function stepUp(actor: Actor, { proof }: StepUpInput): Promise<void> {
  const { id, session } = inSession(actor);
  const proven = await proveIdentity(actor, proof, { kind: "step-up", session: session.id });
  await countAttempt("proven", id, async () =>
    logSecurity("proof.limited", { personId: id, address: session.address }),
  );
  await prisma().session.updateMany({
    where: { id: session.id, userId: id, revokedAt: null },
    data: { provenAt: now() },
  });
  await logSecurity("proof.renewed", {
    personId: id,
    address: session.address,
    detail: PROOF_TITLES[proven.proof],
  });
}

/** Asks the actor's passkeys for the proof that `stepUp` takes. */
export async function askToStepUp(actor: Actor, { origin }: OriginInput): Promise<PasskeyRequest> {
  const { id, session } = inSession(actor);
  return askPasskey(id, { kind: "step-up", session: session.id }, origin);
}

/** The person in their session, proven in the last five minutes. Rejects with `step-up-required`. */
export function freshlyProven(actor: Actor): PersonInSession {
  const person = inSession(actor);
  if (person.session.provenAt < laterBy(now(), -FRESH_MINUTES * MINUTE)) {
    throw new Rejection("step-up-required", "Prove once more that it is you");
  }
  return person;
}

/**
 * Refuses a person who has not proven who they are in the last five minutes, with `step-up-required`.
 * Whoever has a shell on the server acts as the system, and is asked for nothing.
 */
export function refuseUnproven(actor: Actor): void {
  if (actor.kind !== "system") freshlyProven(actor);
}

export function inSession(actor: Actor): PersonInSession {
  if (actor.kind !== "person" || actor.session === undefined)
    throw new Rejection("forbidden", "This is a person's, in a session");
  return { ...actor, session: actor.session };
}
