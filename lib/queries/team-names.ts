import type { Actor } from "#lib/domain/actor.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { pool } from "#lib/db/pool.ts";

/** The names of the teams for which the actor holds a role. */
export async function teamNames(actor: Actor): Promise<ReadonlyMap<string, string>> {
  const ids = actor.grants.flatMap(({ teamId }) => (teamId === null ? [] : [teamId]));
  if (ids.length === 0) return new Map();
  const { rows } = await pool().query<{ id: string; name: string }>({
    name: "team-names",
    text: "SELECT id, name FROM teams WHERE id = ANY ($1::uuid[])",
    values: [ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The names of the teams whose records the actor sees, at most 200. */
export async function visibleTeams(actor: Actor): Promise<readonly string[]> {
  const { rows } = await pool().query<{ name: string }>({
    name: "visible-teams",
    text: "SELECT name FROM teams WHERE $1::uuid[] IS NULL OR id = ANY ($1::uuid[]) ORDER BY name LIMIT 200",
    values: [teamsWhere(actor, "deployment.view")],
  });
  return rows.map(({ name }) => name);
}
