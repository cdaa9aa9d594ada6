import { randomBytes, randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import type { Actor } from "#lib/domain/actor.ts";
import type { SessionInput } from "#lib/domain/inputs/account.ts";
import type { Proof } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { SESSION_HOURS } from "#lib/domain/session-limits.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { hashToken } from "#lib/hash-token.ts";
import { prisma } from "#lib/db/prisma.ts";
import type { Transaction } from "#lib/db/change-installation.ts";
import { logSecurity } from "./security-log.ts";

/** From where somebody comes: the address, and the browser's own name for itself. */
export type Place = { readonly address: string; readonly agent: string | null };

/** Begins a session, and answers with the token that only the cookie holds. */
export async function createSession(
  userId: string,
  proof: Proof,
  { address, agent }: Place,
  { session }: Pick<Transaction, "session"> = prisma(),
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const at = now();
  await session.create({
    data: {
      id: randomUUID(),
      userId,
      tokenHash: hashToken(token),
      createdAt: at,
      expiresAt: laterBy(at, SESSION_HOURS * HOUR),
      address: address.slice(0, 100),
      agent: agent?.slice(0, 400),
      proof,
      provenAt: at,
      lastSeenAt: at,
    },
  });
  return token;
}

/** Ends one session; its cookie is worthless from the next request on. `address` is whose request ends it. */
export async function endSession(token: string, address: string | null): Promise<void> {
  const session = await prisma().session.findUnique({
    where: { tokenHash: hashToken(token), revokedAt: null },
  });
  if (session === null) return;
  await prisma().session.updateMany({
    where: { id: session.id, revokedAt: null },
    data: { revokedAt: now() },
  });
  await logSecurity("session.ended", { personId: session.userId, address });
}

/** Ends one of the actor's own sessions, and what browsers know of the account. */
export async function endOwnSession(actor: Actor, { sessionId }: SessionInput): Promise<void> {
  await endOwn(actor, { id: sessionId });
}

/** Ends all of the actor's own sessions but the one that asks, and what browsers know of the account. */
export async function endOtherSessions(actor: Actor): Promise<void> {
  if (actor.kind !== "person" || actor.session === undefined)
    throw new Rejection("forbidden", "Sessions are a person's");
  await endOwn(actor, { id: { not: actor.session.id } });
}

/** Ends all sessions of a person, half-made ones too, and what browsers know: their role, password, factors or account changed. */
export async function endSessionsOf(
  tx: Transaction,
  userId: string,
  at: string,
  except: string | null = null,
): Promise<void> {
  const others = except === null ? {} : { id: { not: except } };
  await tx.session.updateMany({ where: { userId, revokedAt: null, ...others }, data: { revokedAt: at } });
  await tx.user.update({ where: { id: userId }, data: { devicesEndedAt: at } });
  await tx.pendingSignIn.deleteMany({ where: { userId } });
}

/** Forgets sessions that ended more than a day ago. */
export async function forgetEndedSessions(): Promise<void> {
  await prisma().session.deleteMany({ where: { expiresAt: { lt: laterBy(now(), -24 * HOUR) } } });
}

async function endOwn(actor: Actor, which: { id: string | { not: string } }): Promise<void> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "Sessions are a person's");
  const at = now();
  const { count } = await prisma().session.updateMany({
    where: { ...which, userId: actor.id, revokedAt: null },
    data: { revokedAt: at },
  });
  await prisma().user.update({ where: { id: actor.id }, data: { devicesEndedAt: at } });
  if (count === 0 && typeof which.id === "string")
    throw new Rejection("not-found", "There is no such session");
  if (count === 0) return;
  const { address } = actor.session ?? {};
  await logSecurity("session.ended-others", { personId: actor.id, address, detail: `${count} ended` });
}
