import type { Actor } from "#lib/domain/actor.ts";
import type { OwnPasswordInput } from "#lib/domain/inputs/account.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { prisma } from "#lib/db/prisma.ts";
import { endAccessOf } from "./access.ts";
import { countAttempt, forgetAttempts } from "./attempt-limits.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { logSecurity } from "./security-log.ts";
import { freshlyProven } from "./step-up.ts";

/**
 * Changes the actor's own password, and ends their other sessions, API tokens and recovery links. Needs
 * the old one and a fresh proof.
 */
export async function changeOwnPassword(
  actor: Actor,
  { current, password }: OwnPasswordInput,
): Promise<void> {
  const { id, name, session } = freshlyProven(actor);
  const { address } = session;
  await countAttempt("account", id, async () => logSecurity("proof.limited", { personId: id, address }));
  const user = await prisma().user.findUniqueOrThrow({ where: { id } });
  if (!(await verifyPassword(user.passwordHash, current))) {
    await logSecurity("proof.refused", { personId: id, address, detail: "password" });
    const message = "This is not your password";
    throw new Rejection("proof-required", message, { fields: { current: message } });
  }
  await forgetAttempts("account", id);
  await countAttempt("own-password", id);
  const passwordHash = await hashPassword(password);
  await changeInstallation(actor, async (tx, at) => {
    // Somebody else, an admin or a recovery, may have set another since the old one was looked at.
    const { count } = await tx.user.updateMany({
      where: { id, passwordHash: user.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw new Rejection("conflict", "Your password was changed elsewhere in this moment");
    const access = await endAccessOf(tx, { id, name }, at, session.id);
    const changed = { type: "person.password-changed" as const, data: { person: id, name } };
    return { result: undefined, events: [changed, ...access] };
  });
  await logSecurity("password.changed", { personId: id, address });
}
