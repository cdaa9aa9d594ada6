import { now } from "#lib/clock.ts";
import type { SecurityKind } from "#lib/domain/security-log.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { prisma } from "#lib/db/prisma.ts";

/** Entries older than this are forgotten. */
const KEPT_DAYS = 400;

type Entry = {
  /** Null when nobody is known by what was given. */
  readonly personId: string | null;
  readonly address?: string | null | undefined;
  /** A few words of ours, never of the caller's. */
  readonly detail?: string;
};

/** Writes one line of the security log. */
export async function logSecurity(kind: SecurityKind, { personId, address, detail }: Entry): Promise<void> {
  await prisma().securityLogEntry.create({
    data: { at: now(), kind, userId: personId, address: address?.slice(0, 100), detail },
  });
}

/** Retention: forgets entries of more than 400 days ago. */
export async function forgetOldSecurityEntries(): Promise<void> {
  await prisma().securityLogEntry.deleteMany({ where: { at: { lt: laterBy(now(), -KEPT_DAYS * DAY) } } });
}
