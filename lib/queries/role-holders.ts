import type { Actor } from "#lib/domain/actor.ts";
import type { Person } from "#lib/domain/deployment.ts";
import { may } from "#lib/domain/policy.ts";
import { ROLES, type Role } from "#lib/domain/roles.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { prisma } from "#lib/db/prisma.ts";

export type RoleHolders = Readonly<Partial<Record<Role, readonly Person[]>>>;

/** Who holds which role on a team, or on all of them, by name; accounts that are closed left out. */
export async function roleHolders(actor: Actor, teamId: string): Promise<RoleHolders> {
  if (!may(actor, "deployment.view", teamId)) throw new Rejection("not-found", "There is no such team");
  const grants = await prisma().roleGrant.findMany({
    where: { OR: [{ teamId: null }, { teamId }], user: { disabledAt: null } },
    select: { role: true, user: { select: { id: true, name: true } } },
    orderBy: { user: { name: "asc" } },
  });
  return Object.fromEntries(
    ROLES.map((role) => {
      const people = grants.filter((grant) => grant.role === role).map(({ user }) => user);
      return [role, [...new Map(people.map((person) => [person.id, person])).values()]];
    }),
  );
}
