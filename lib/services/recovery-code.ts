import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";
import { keyedHash } from "./sealing.ts";

/** What stands in the database for a code. */
export function recoveryCodeHash(personId: string, code: string): string {
  return keyedHash("recovery code", `${personId} ${code.replaceAll("-", "")}`);
}

/** Whether the code is the person's and was not used; it is used now. Of two at once one succeeds. */
export async function useRecoveryCode(personId: string, code: string): Promise<boolean> {
  const { count } = await prisma().recoveryCode.updateMany({
    where: { userId: personId, codeHash: recoveryCodeHash(personId, code), usedAt: null },
    data: { usedAt: now() },
  });
  return count === 1;
}
