import type { Actor } from "#lib/domain/actor.ts";
import { teamsWhere, type Action } from "#lib/domain/policy.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";

/** The people and services that a history's filters offer. */
export async function historyChoices(actor: Actor) {
  const teams = teamsWhere(actor, "history.search");
  const [people, services] = await Promise.all([
    prisma().user.findMany({
      where:
        teams === null
          ? {}
          : { roleGrants: { some: { OR: [{ teamId: null }, { teamId: { in: [...teams] } }] } } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
    prisma().service.findMany({
      where: teams === null ? {} : { teamId: { in: [...teams] } },
      select: { name: true },
      distinct: ["name"],
      orderBy: { name: "asc" },
    }),
  ]);
  return { people, services: services.map(({ name }) => name) };
}

/** Whoever has done something on one record. */
export async function peopleOfDeployment(
  deploymentId: string,
): Promise<readonly { id: string; name: string }[]> {
  const { rows } = await pool().query<{ id: string; name: string }>(
    `SELECT DISTINCT ON (actor_id) actor_id AS id, body::jsonb -> 'actor' ->> 'name' AS name
       FROM events WHERE stream_id = $1::uuid ORDER BY actor_id, seq DESC`,
    [deploymentId],
  );
  return rows;
}

/** The teams, services and environments that a page's filters offer, of the teams where the actor may this. */
export async function filterChoices(actor: Actor, action: Action) {
  const teams = teamsWhere(actor, action);
  const where = teams === null ? {} : { teamId: { in: [...teams] } };
  const [teamRows, services, environments] = await Promise.all([
    prisma().team.findMany({
      where: teams === null ? {} : { id: { in: [...teams] } },
      select: { name: true },
      orderBy: { name: "asc" },
    }),
    prisma().service.findMany({
      where,
      select: { name: true },
      distinct: ["name"],
      orderBy: { name: "asc" },
    }),
    prisma().deployment.findMany({
      where,
      select: { environment: true },
      distinct: ["environment"],
      orderBy: { environment: "asc" },
    }),
  ]);
  return {
    teams: teamRows.map(({ name }) => name),
    services: services.map(({ name }) => name),
    environments: environments.map(({ environment }) => environment),
  };
}
