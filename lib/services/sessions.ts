import { createHash, randomBytes, randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { prisma } from "#lib/db/prisma.ts";
import type { Transaction } from "#lib/db/change-installation.ts";
import { countAttempt, forgetAttempts } from "./attempt-limits.ts";
import { verifyPassword } from "./passwords.ts";

export const SESSION_HOURS = 12;

/**
 * Signs in with e-mail and password: answers with the new session's token, or null when the two
 * do not match, which looks and lasts the same for an account that does not exist. Rejects with
 * `rate-limited` after too many attempts on the account or from the address.
 */
export async function signIn(
  email: string,
  password: string,
  address: string,
): Promise<{ userId: string; token: string } | null> {
  const account = email.trim().toLowerCase();
  await countAttempt("address", address);
  await countAttempt("account", hashToken(account));
  const user = await prisma().user.findUnique({ where: { email: account, disabledAt: null } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches) return null;
  await forgetAttempts("account", hashToken(account));
  return { userId: user.id, token: await createSession(user.id) };
}

/** Ends one session; its cookie is worthless from the next request on. */
export async function endSession(token: string): Promise<void> {
  await prisma().session.updateMany({
    where: { tokenHash: hashToken(token), revokedAt: null },
    data: { revokedAt: now() },
  });
}

/** Ends all sessions of a person: their role, password or account changed. */
export async function endSessionsOf(tx: Transaction, userId: string, at: string): Promise<void> {
  await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: at } });
}

/** Forgets sessions that ended more than a day ago. */
export async function forgetEndedSessions(): Promise<void> {
  await prisma().session.deleteMany({ where: { expiresAt: { lt: laterBy(now(), -24 * HOUR) } } });
}

/** What stands in the database for a token that only the cookie holds. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

async function createSession(userId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const createdAt = now();
  await prisma().session.create({
    data: {
      id: randomUUID(),
      userId,
      tokenHash: hashToken(token),
      createdAt,
      provenAt: createdAt,
      lastSeenAt: createdAt,
      expiresAt: laterBy(createdAt, SESSION_HOURS * HOUR),
    },
  });
  return token;
}
