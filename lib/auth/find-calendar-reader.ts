import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { hashToken } from "#lib/hash-token.ts";

type Row = { readonly id: string; readonly name: string; readonly grants: readonly RoleGrant[] | null };

/** Whose calendar address this is, with the roles of this moment; null when it is unknown or ended. */
export async function findCalendarReader(token: string): Promise<Actor | null> {
  const { rows } = await pool().query<Row>({
    name: "find-calendar-reader",
    text: FIND,
    values: [hashToken(token), now()],
  });
  const [row] = rows;
  return row === undefined ? null : { kind: "person", id: row.id, name: row.name, grants: row.grants ?? [] };
}

const FIND = `
WITH found AS (
  SELECT u.id, u.name, (SELECT json_agg(json_build_object('role', g.role, 'teamId', g.team_id))
                          FROM role_grants g WHERE g.user_id = u.id) AS grants
    FROM calendar_addresses c JOIN users u ON u.id = c.user_id
   WHERE c.token_hash = $1 AND u.disabled_at IS NULL
), used AS (
  UPDATE calendar_addresses SET last_used_at = $2::timestamptz WHERE user_id = (SELECT id FROM found)
)
SELECT * FROM found`;
