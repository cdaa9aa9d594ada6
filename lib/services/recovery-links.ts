import { randomBytes, randomUUID } from "node:crypto";
import { now } from "#lib/clock.ts";
import type { Actor } from "#lib/domain/actor.ts";
import type { RecoverInput, RecoveryLinkInput } from "#lib/domain/inputs/account.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { prisma } from "#lib/db/prisma.ts";
import { endAccessOf } from "./access.ts";
import { countAttempt } from "./attempt-limits.ts";
import { hashPassword } from "./passwords.ts";
import { findPerson, refuseUnlessAdmin } from "./people.ts";
import { dropFactors } from "./second-factors.ts";
import { logSecurity } from "./security-log.ts";
import { hashToken } from "#lib/hash-token.ts";
import { freshlyProven } from "./step-up.ts";

const LINK_HOURS = 24;

/**
 * Makes a one-time link for a person, and answers with its token, kept as a hash alone. An earlier
 * one ends. Admins of all teams only, with a fresh proof.
 */
export async function makeRecoveryLink(
  actor: Actor,
  { personId, dropsFactors }: RecoveryLinkInput,
): Promise<string> {
  refuseUnlessAdmin(actor);
  const { session } = freshlyProven(actor);
  const token = randomBytes(32).toString("base64url");
  await changeInstallation(actor, async (tx, at) => {
    const { id, name, disabledAt } = await findPerson(tx, personId);
    if (disabledAt !== null) throw new Rejection("conflict", "This account is closed");
    const expiresAt = laterBy(at, LINK_HOURS * HOUR);
    await tx.recoveryLink.updateMany({ where: { userId: id, endedAt: null }, data: { endedAt: at } });
    await tx.recoveryLink.create({
      data: {
        id: randomUUID(),
        userId: id,
        tokenHash: hashToken(token),
        dropsFactors,
        createdAt: at,
        expiresAt,
      },
    });
    const data = { person: id, name, dropsFactors, expiresAt };
    return { result: undefined, events: [{ type: "person.recovery-link-made", data }] };
  });
  await logSecurity("recovery-link.made", { personId, address: session.address });
  return token;
}

/**
 * Sets a new password with a link, once: ends the person's sessions and API tokens, and takes their second factors
 * away where the link says so. Says the same of a link that never was, was used, or is too old.
 */
export async function recoverAccount({ token, password }: RecoverInput, address: string): Promise<void> {
  await countAttempt("address", address, async () =>
    logSecurity("sign-in.limited", { personId: null, address }),
  );
  const found = await prisma().recoveryLink.findUnique({
    where: {
      tokenHash: hashToken(token),
      endedAt: null,
      expiresAt: { gt: now() },
      user: { disabledAt: null },
    },
    include: { user: { select: { id: true, name: true } } },
  });
  if (found === null) {
    await logSecurity("recovery-link.refused", { personId: null, address });
    throw over();
  }
  const { user } = found;
  const passwordHash = await hashPassword(password);
  await changeInstallation({ kind: "person", ...user, grants: [] }, async (tx, at) => {
    const { count } = await tx.recoveryLink.updateMany({
      where: { id: found.id, endedAt: null, expiresAt: { gt: at }, user: { disabledAt: null } },
      data: { endedAt: at },
    });
    if (count !== 1) throw over();
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    const factorsDropped = found.dropsFactors && (await dropFactors(tx, user.id));
    const access = await endAccessOf(tx, user, at);
    const data = { person: user.id, name: user.name, factorsDropped };
    return { result: undefined, events: [{ type: "person.recovered", data }, ...access] };
  });
  await logSecurity("recovery-link.used", { personId: user.id, address });
}

function over(): Rejection {
  return new Rejection("link-over", "This link does not hold any more; ask an admin for another");
}
