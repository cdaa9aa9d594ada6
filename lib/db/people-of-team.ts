import type { Person } from "#lib/domain/deployment.ts";
import { POLICY } from "#lib/domain/policy.ts";
import { pool } from "./pool.ts";

export type TeamPerson = Person & {
  /** Whether they settle items, and so may own one. */
  readonly mayOwn: boolean;
};

/** Everybody with an open account who sees the team's records, by name. */
export async function peopleOfTeam(teamId: string): Promise<readonly TeamPerson[]> {
  const { rows } = await pool().query<TeamPerson>({
    name: "people-of-team",
    text: PEOPLE,
    values: [teamId, POLICY["item.settle"]],
  });
  return rows;
}

const PEOPLE = `
SELECT u.id, u.name, bool_or(g.role = ANY ($2::text[])) AS "mayOwn"
  FROM users u JOIN role_grants g ON g.user_id = u.id
 WHERE u.disabled_at IS NULL AND (g.team_id IS NULL OR g.team_id = $1::uuid)
 GROUP BY u.id ORDER BY u.name, u.id`;
