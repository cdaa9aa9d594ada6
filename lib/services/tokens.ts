import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { CreateTokenInput, TokenInput } from "#lib/domain/inputs/tokens.ts";
import { mayEverywhere, maySomewhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { findPerson } from "./people.ts";
import { hashToken, secretDigest } from "#lib/hash-token.ts";
import { freshlyProven } from "./step-up.ts";

/** What a token begins with, so that scanners of secrets know it when they see it. */
const PREFIX = "csgn_";
/** Of one person, neither ended nor revoked: limits by token are limits of a person as well. */
const MOST = 50;

/** Makes an API token of the actor's own, with a fresh proof. The secret is answered once; its hash alone is kept. */
export async function createToken(actor: Actor, input: CreateTokenInput): Promise<string> {
  if (actor.kind !== "person" || !maySomewhere(actor, "token.create")) {
    throw new Rejection("forbidden", "Engineers and team leads make API tokens");
  }
  freshlyProven(actor);
  return createTokenFor(actor, actor.id, input);
}

/** Makes a token for a person, for whoever runs the server. Rejects with `conflict` beyond what one person has. */
export async function createTokenFor(
  actor: Actor,
  personId: string,
  { name, scopes, days }: CreateTokenInput,
): Promise<string> {
  const secret = PREFIX + randomBytes(32).toString("base64url");
  return changeInstallation(actor, async (tx, at) => {
    const person = await findPerson(tx, personId);
    const standing = { userId: person.id, revokedAt: null, expiresAt: { gt: at } };
    if ((await tx.apiToken.count({ where: standing })) >= MOST)
      throw new Rejection("conflict", `Nobody has more than ${MOST} API tokens that stand; revoke one first`);
    const id = randomUUID();
    const expiresAt = laterBy(at, days * DAY);
    await tx.apiToken.create({
      data: { id, userId: person.id, name, tokenHash: hashToken(secret), scopes, createdAt: at, expiresAt },
    });
    const ref = { token: id, tokenName: name, person: person.id, name: person.name };
    const data = { ...ref, scopes, expiresAt, secretDigest: secretDigest(secret) };
    return { result: secret, events: [{ type: "token.created", data }] };
  });
}

/** Ends a token at once: its person's own, or anybody's for an admin of all teams. */
export async function revokeToken(actor: Actor, { tokenId }: TokenInput): Promise<void> {
  await changeInstallation(actor, async (tx, at) => {
    const token = await tx.apiToken.findUnique({ where: { id: tokenId }, include: { user: true } });
    const mayRevoke =
      actor.kind !== "token" && (token?.userId === actor.id || mayEverywhere(actor, "people.manage"));
    if (token === null || !mayRevoke) throw new Rejection("not-found", "There is no such token");
    if (token.revokedAt !== null) return { result: undefined, events: [] };
    await tx.apiToken.update({ where: { id: tokenId }, data: { revokedAt: at } });
    const data = { token: token.id, tokenName: token.name, person: token.user.id, name: token.user.name };
    return { result: undefined, events: [{ type: "token.revoked", data }] };
  });
}
