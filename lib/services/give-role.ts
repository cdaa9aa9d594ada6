import { randomUUID } from "node:crypto";
import type { RoleInput } from "#lib/domain/inputs/people.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { Transaction } from "#lib/db/change-installation.ts";

type Person = { readonly id: string; readonly name: string };

/** Gives a person a role that they do not hold, and answers with its event. The caller has asked who may. */
export async function giveRole(
  tx: Transaction,
  { id, name }: Person,
  { role, teamId }: Pick<RoleInput, "role" | "teamId">,
  at: string,
) {
  const teamName = await findTeamName(tx, teamId);
  await tx.roleGrant.create({ data: { id: randomUUID(), userId: id, role, teamId, grantedAt: at } });
  return { type: "role.granted" as const, data: { person: id, name, role, team: teamId, teamName } };
}

/** The name of the team that a role is held for; null for all teams. */
export async function findTeamName(tx: Transaction, teamId: string | null): Promise<string | null> {
  if (teamId === null) return null;
  const team = await tx.team.findUnique({ where: { id: teamId } });
  if (team === null) throw new Rejection("not-found", "There is no such team");
  return team.name;
}
