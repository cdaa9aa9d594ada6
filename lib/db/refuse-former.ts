import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** Refuses whose account, session or token was ended, or who lost a role, since they asked. */
export async function refuseFormer(
  { user }: Pick<Prisma.TransactionClient, "user">,
  actor: Actor,
  at: string,
): Promise<void> {
  if (actor.kind === "system") return;
  const stands = { revokedAt: null, expiresAt: { gt: at } };
  const session = actor.kind === "person" ? actor.session : undefined;
  const inSession = session === undefined ? {} : { sessions: { some: { id: session.id, ...stands } } };
  const byToken = actor.kind === "token" ? { apiTokens: { some: { id: actor.token.id, ...stands } } } : {};
  // What is decided by roles is decided by those of the actor who asked.
  const roles = actor.grants.map(({ role, teamId }) => ({ roleGrants: { some: { role, teamId } } }));
  const standing = await user.count({
    where: { id: actor.id, disabledAt: null, AND: roles, ...inSession, ...byToken },
  });
  if (standing === 0)
    throw new Rejection(
      "forbidden",
      "Your account, your session, your token or your role has ended in this moment",
    );
}
