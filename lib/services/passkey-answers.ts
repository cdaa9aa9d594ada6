import type { PasskeyRequest } from "#lib/domain/ceremonies.ts";
import { generateAuthenticationOptions, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { now } from "#lib/clock.ts";
import type { AssertionInput } from "#lib/domain/inputs/proof.ts";
import { passkeySites } from "#lib/domain/passkey-sites.ts";
import type { PasskeyAssertion, ProofPurpose } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { prisma } from "#lib/db/prisma.ts";
import { assertionFlaw } from "#lib/proof/assertion-flaw.ts";
import { env } from "#lib/env.ts";
import { makeChallenge, takeChallenge } from "./passkey-challenges.ts";

/** Asks a person's passkeys for a proof. Rejects where they have none for this address. */
export async function askPasskey(
  personId: string,
  purpose: ProofPurpose,
  origin: string,
): Promise<PasskeyRequest> {
  const { id, bytes, site } = await makeChallenge(personId, purpose, origin);
  const passkeys = await prisma().passkey.findMany({ where: { userId: personId, rpId: site.rpId } });
  if (passkeys.length === 0) throw new Rejection("passkeys-not-here", "You have no passkey for this address");
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: bytes,
    userVerification: "required",
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
  return { challengeId: id, options };
}

/**
 * Whether a passkey's answer proves this person for this purpose; null when anything about it is
 * off: the challenge, the origin, the site, the key, the signature, the counter, the user check,
 * the account.
 */
export async function checkPasskey(
  personId: string,
  purpose: ProofPurpose,
  { challengeId, answer }: { challengeId: string; answer: AssertionInput },
): Promise<PasskeyAssertion | null> {
  const taken = await takeChallenge(challengeId, personId, purpose);
  if (taken === null) return null;
  const passkey = await prisma().passkey.findUnique({
    where: { credentialId: answer.id, userId: personId, rpId: taken.rpId, user: { disabledAt: null } },
  });
  if (passkey === null) return null;
  const publicKey = Uint8Array.from(passkey.publicKey);
  const counter = await counterAfter(answer, taken, {
    id: passkey.credentialId,
    publicKey,
    counter: Number(passkey.counter),
  });
  const { clientDataJSON: clientData, authenticatorData, signature } = answer.response;
  const assertion = {
    passkey: passkey.id,
    name: passkey.name,
    publicKey: Buffer.from(publicKey).toString("base64url"),
    nonce: taken.nonce,
    clientData,
    authenticatorData,
    signature,
  };
  // The library takes forms that no verifier of the history or a bundle does.
  if (counter === null || assertionFlaw({ person: personId, purposes: [purpose], assertion }) !== null)
    return null;
  return (await advance(passkey.id, counter)) ? assertion : null;
}

async function counterAfter(
  answer: AssertionInput,
  { challenge, rpId }: { challenge: string; rpId: string },
  credential: { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number },
): Promise<number | null> {
  const origins = passkeySites(env().COUNTERSIGN_ORIGIN).filter((site) => site.rpId === rpId);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, rawId: answer.id, type: "public-key", clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origins.map(({ origin }) => origin),
      expectedRPID: rpId,
      requireUserVerification: true,
      credential,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // The library throws for whatever is not as it must be; the caller learns only that it is not.
    return null;
  }
}

// A key that counts only ever counts up, also when two answers arrive at once; many never count.
async function advance(id: string, counter: number): Promise<boolean> {
  const { count } = await prisma().passkey.updateMany({
    where: { id, OR: [{ counter: { lt: counter } }, { counter: 0 }] },
    data: { counter, lastUsedAt: now() },
  });
  return count === 1;
}
