import { prisma } from "#lib/db/prisma.ts";
import type { Transaction } from "#lib/db/change-installation.ts";

/** Whether a person has a passkey or an app for one-time codes. */
export async function hasSecondFactor(personId: string, db: Transaction = prisma()): Promise<boolean> {
  if ((await db.passkey.count({ where: { userId: personId } })) > 0) return true;
  return (await db.totpFactor.count({ where: { userId: personId, confirmedAt: { not: null } } })) > 0;
}

/** Recovery codes stand in for a second factor; without one they are worth nothing. */
export async function dropCodesWithoutFactor(tx: Transaction, personId: string): Promise<void> {
  if (!(await hasSecondFactor(personId, tx)))
    await tx.recoveryCode.deleteMany({ where: { userId: personId } });
}

/** Takes all of a person's second factors away; whether there were any. */
export async function dropFactors(tx: Transaction, personId: string): Promise<boolean> {
  const had = await hasSecondFactor(personId, tx);
  const where = { userId: personId };
  await tx.passkey.deleteMany({ where });
  await tx.totpFactor.deleteMany({ where });
  await tx.recoveryCode.deleteMany({ where });
  return had;
}
