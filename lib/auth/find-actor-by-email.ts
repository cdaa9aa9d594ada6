import type { Actor } from "#lib/domain/actor.ts";
import { ROLES, type Role } from "#lib/domain/roles.ts";
import { prisma } from "#lib/db/prisma.ts";

/** The person with this address, for scripts and tests that act for them without a session. */
export async function findActorByEmail(email: string): Promise<Actor & { kind: "person" }> {
  const { id, name, roleGrants } = await prisma().user.findUniqueOrThrow({
    where: { email },
    include: { roleGrants: true },
  });
  const grants = roleGrants.map(({ role, teamId }) => ({ role: roleFrom(role), teamId }));
  return { kind: "person", id, name, grants };
}

function roleFrom(text: string): Role {
  const role = ROLES.find((candidate) => candidate === text);
  if (role === undefined) throw new Error(`"${text}" is no role`);
  return role;
}
