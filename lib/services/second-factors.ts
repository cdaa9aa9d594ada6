import { prisma } from "#lib/db/prisma.ts";
import type { Transaction } from "#lib/db/change-installation.ts";

/** Whether a person has a passkey or an app for one-time codes. */
export async function hasSecondFactor(personId: string, db: Transaction = prisma()): Promise<boolean> {
  const passkeys = await db.passkey.count({ where: { userId: personId } });
  if (passkeys > 0) return true;
  return (await db.totpFactor.count({ where: { userId: personId, confirmedAt: { not: null } } })) > 0;
}
