import { randomBytes, randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import { passkeySite, type PasskeySite } from "#lib/domain/passkey-sites.ts";
import { challengeText, type ProofPurpose } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { laterBy, MINUTE } from "#lib/domain/time.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { prisma } from "#lib/db/prisma.ts";
import { env } from "#lib/env.ts";

const MINUTES = 5;

export type Challenge = {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly site: PasskeySite;
};

/** Makes a challenge for one person and purpose, good once and for five minutes. */
export async function makeChallenge(
  personId: string,
  purpose: ProofPurpose,
  origin: string,
): Promise<Challenge> {
  const site = env().COUNTERSIGN_ORIGIN.includes(origin) ? passkeySite(origin) : null;
  if (site === null) throw new Rejection("passkeys-not-here", "Passkeys do not work under this address");
  const [id, nonce, createdAt] = [randomUUID(), randomBytes(32).toString("base64url"), now()];
  const expiresAt = laterBy(createdAt, MINUTES * MINUTE);
  await prisma().passkeyChallenge.create({
    data: { id, userId: personId, purpose: purpose.kind, nonce, rpId: site.rpId, createdAt, expiresAt },
  });
  return { id, bytes: challengeBytes(personId, nonce, purpose), site };
}

/**
 * Takes a challenge away and answers with what it must have been for this purpose; null when it is
 * unknown, used, too old, or another person's.
 */
export async function takeChallenge(
  id: string,
  personId: string,
  purpose: ProofPurpose,
): Promise<{ nonce: string; challenge: string; rpId: string } | null> {
  const where = { id, userId: personId, purpose: purpose.kind, expiresAt: { gt: now() } };
  const found = await prisma().passkeyChallenge.findUnique({ where });
  if (found === null) return null;
  // Of two who come at once, one deletes it.
  const { count } = await prisma().passkeyChallenge.deleteMany({ where });
  if (count !== 1) return null;
  const challenge = Buffer.from(challengeBytes(personId, found.nonce, purpose)).toString("base64url");
  return { nonce: found.nonce, challenge, rpId: found.rpId };
}

/** Forgets challenges and half-made sign-ins that nobody came back for. */
export async function forgetOldChallenges(): Promise<void> {
  const where = { expiresAt: { lt: now() } };
  await prisma().passkeyChallenge.deleteMany({ where });
  await prisma().pendingSignIn.deleteMany({ where });
}

function challengeBytes(personId: string, nonce: string, purpose: ProofPurpose): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(sha256(canonicalText(challengeText(personId, nonce, purpose))), "hex"));
}
