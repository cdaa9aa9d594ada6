import { Secret, TOTP } from "otpauth";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";
import { unseal } from "./sealing.ts";

const PERIOD = 30;

/** What an authenticator app needs to know; six digits every 30 seconds, as all such apps do. */
export function totpFor(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: "Countersign",
    label: email,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD,
    secret: Secret.fromBase32(secret),
  });
}

export function totpContext(personId: string): string {
  return `totp ${personId}`;
}

/**
 * The step of 30 seconds whose code this is, one step of clock drift allowed; null when it is none.
 */
export function stepOf(secret: string, code: string): number | null {
  const timestamp = Date.parse(now());
  const delta = totpFor(secret, "").validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD) + delta;
}

/** Whether the code is the person's now. Each is good once: later codes alone are taken afterwards. */
export async function useTotp(personId: string, code: string): Promise<boolean> {
  const factor = await prisma().totpFactor.findUnique({ where: { userId: personId } });
  if (factor === null || factor.confirmedAt === null) return false;
  const step = stepOf(unseal(factor.sealedSecret, totpContext(personId)), code);
  if (step === null) return false;
  const { count } = await prisma().totpFactor.updateMany({
    where: { userId: personId, confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step, lastUsedAt: now() },
  });
  return count === 1;
}
