import type { Actor } from "#lib/domain/actor.ts";
import type { Approval } from "#lib/domain/deployment.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAttempt, forgetAttempts } from "./attempt-limits.ts";
import { verifyPassword } from "./passwords.ts";

/** Rule 3: proves again, at signing, that the person is who the session says. People only. */
export async function proveIdentity(actor: Actor, password: string): Promise<Approval["proof"]> {
  if (actor.kind !== "person") throw new Rejection("forbidden", "A signature is a person's, in a session");
  await countAttempt("account", actor.id);
  const user = await prisma().user.findUnique({
    where: { id: actor.id, disabledAt: null },
    select: { passwordHash: true },
  });
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) {
    const message = "This is not your password";
    throw new Rejection("proof-required", message, { fields: { password: message } });
  }
  await forgetAttempts("account", actor.id);
  return "password";
}
