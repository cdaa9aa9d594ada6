import { randomBytes } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { hashToken, secretDigest } from "#lib/hash-token.ts";
import { freshlyProven } from "./step-up.ts";

/**
 * Makes the secret with which a calendar program reads what the actor may see, with a fresh proof;
 * one before ends. It is answered once; its hash alone is kept.
 */
export async function makeCalendarAddress(actor: Actor): Promise<string> {
  const { id, name } = freshlyProven(actor);
  const token = randomBytes(32).toString("base64url");
  await changeInstallation(actor, async (tx, at) => {
    const address = { tokenHash: hashToken(token), createdAt: at, lastUsedAt: null };
    await tx.calendarAddress.upsert({
      where: { userId: id },
      create: { userId: id, ...address },
      update: address,
    });
    const data = { person: id, name, secretDigest: secretDigest(token) };
    return { result: undefined, events: [{ type: "person.calendar-address-made", data }] };
  });
  return token;
}

/** Ends the actor's calendar address at once. */
export async function revokeCalendarAddress(actor: Actor): Promise<void> {
  if (actor.kind !== "person")
    throw new Rejection("forbidden", "A calendar address is a person's, in a session");
  const { id, name } = actor;
  await changeInstallation(actor, async (tx) => {
    const { count } = await tx.calendarAddress.deleteMany({ where: { userId: id } });
    const data = { person: id, name };
    return {
      result: undefined,
      events: count === 0 ? [] : [{ type: "person.calendar-address-revoked", data }],
    };
  });
}
