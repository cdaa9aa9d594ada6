import type { NewPasskeyRequest } from "#lib/domain/ceremonies.ts";
import { randomUUID } from "node:crypto";
import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { COSEALG } from "@simplewebauthn/server/helpers";
import type { Actor } from "#lib/domain/actor.ts";
import type { AddPasskeyInput, OriginInput, PasskeyInput } from "#lib/domain/inputs/account.ts";
import { passkeySites } from "#lib/domain/passkey-sites.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { prisma } from "#lib/db/prisma.ts";
import { env } from "#lib/env.ts";
import { coseKey } from "#lib/proof/cose-key.ts";
import { makeChallenge, takeChallenge } from "./passkey-challenges.ts";
import { dropCodesWithoutFactor } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { freshlyProven, type PersonInSession } from "./step-up.ts";

const MOST = 20;

/** Asks the browser to make a passkey for the actor. Needs a fresh proof. */
export async function askToEnrol(actor: Actor, { origin }: OriginInput): Promise<NewPasskeyRequest> {
  const { id, name, session } = freshlyProven(actor);
  const challenge = await makeChallenge(id, { kind: "enrol", session: session.id }, origin);
  const { email, passkeys } = await prisma().user.findUniqueOrThrow({
    where: { id },
    include: { passkeys: true },
  });
  const options = await generateRegistrationOptions({
    rpName: "Countersign",
    rpID: challenge.site.rpId,
    userID: Uint8Array.from(Buffer.from(id)),
    userName: email,
    userDisplayName: name,
    challenge: challenge.bytes,
    attestationType: "none",
    supportedAlgorithmIDs: [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256],
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
  return { challengeId: challenge.id, options };
}

/** Keeps a passkey that the browser made, and answers with its id. Needs a fresh proof. */
export async function addPasskey(actor: Actor, input: AddPasskeyInput): Promise<string> {
  const person = freshlyProven(actor);
  const { credential, synced, rpId } = await verified(person, input);
  const id = randomUUID();
  await changeInstallation(actor, async (tx, at) => {
    if ((await tx.passkey.count({ where: { userId: person.id } })) >= MOST)
      throw new Rejection("conflict", `Nobody has more than ${MOST} passkeys; remove one first`);
    if ((await tx.passkey.count({ where: { credentialId: credential.id } })) > 0)
      throw new Rejection("conflict", "This passkey is known already");
    await tx.passkey.create({
      data: {
        id,
        userId: person.id,
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        rpId,
        transports: input.answer.response.transports,
        name: input.name,
        synced,
        createdAt: at,
      },
    });
    const publicKey = Buffer.from(credential.publicKey).toString("base64url");
    const data = { person: person.id, name: person.name, passkey: id, passkeyName: input.name, publicKey };
    return { result: undefined, events: [{ type: "person.passkey-added", data }] };
  });
  await logSecurity("factor.added", {
    personId: person.id,
    address: person.session.address,
    detail: "passkey",
  });
  return id;
}

/** Takes one of the actor's passkeys away. Needs a fresh proof. */
export async function removePasskey(actor: Actor, { passkeyId }: PasskeyInput): Promise<void> {
  const person = freshlyProven(actor);
  await changeInstallation(actor, async (tx) => {
    const passkey = await tx.passkey.findUnique({ where: { id: passkeyId, userId: person.id } });
    if (passkey === null) throw new Rejection("not-found", "You have no such passkey");
    await tx.passkey.delete({ where: { id: passkeyId } });
    await dropCodesWithoutFactor(tx, person.id);
    const data = { person: person.id, name: person.name, passkey: passkeyId, passkeyName: passkey.name };
    return { result: undefined, events: [{ type: "person.passkey-removed", data }] };
  });
  await logSecurity("factor.removed", {
    personId: person.id,
    address: person.session.address,
    detail: "passkey",
  });
}

async function verified(person: PersonInSession, { challengeId, answer }: AddPasskeyInput) {
  const refusal = new Rejection("proof-required", "The passkey's answer does not hold; try again");
  const taken = await takeChallenge(challengeId, person.id, { kind: "enrol", session: person.session.id });
  if (taken === null) throw refusal;
  const sites = passkeySites(env().COUNTERSIGN_ORIGIN).filter(({ rpId }) => rpId === taken.rpId);
  const verification = await verifyRegistrationResponse({
    response: { ...answer, rawId: answer.id, type: "public-key", clientExtensionResults: {} },
    expectedChallenge: taken.challenge,
    expectedOrigin: sites.map(({ origin }) => origin),
    expectedRPID: taken.rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (verification === null || !verification.verified) throw refusal;
  const { credential, credentialBackedUp } = verification.registrationInfo;
  // What it signs has to be checked by others as well (docs/bundle-format.md), so no other kind is asked for.
  if (coseKey(Buffer.from(credential.publicKey)) === null)
    throw new Rejection("invalid-input", "This passkey has a kind of key that others could not verify");
  return { credential, synced: credentialBackedUp, rpId: taken.rpId };
}
