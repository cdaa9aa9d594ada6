import type { Actor } from "#lib/domain/actor.ts";
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
