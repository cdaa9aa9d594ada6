import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere, teamsWhere } from "#lib/domain/policy.ts";
import { prisma } from "#lib/db/prisma.ts";

/** Whom the caller may freeze: these teams, and whether all at once. */
export type FreezeTeams = { readonly teams: readonly string[]; readonly everyTeam: boolean };

export async function freezeTeams(actor: Actor): Promise<FreezeTeams> {
  const mine = teamsWhere(actor, "freeze.manage");
  const teams = await prisma().team.findMany({
    where: mine === null ? {} : { id: { in: [...mine] } },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  return { teams: teams.map(({ name }) => name), everyTeam: mayEverywhere(actor, "freeze.manage") };
}
