import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { hashToken } from "#lib/services/sessions.ts";

/** The person behind a session's token with the roles of this moment; null when it has ended. */
export async function findActor(token: string): Promise<(Actor & { kind: "person" }) | null> {
  const { rows } = await pool().query<{ id: string; name: string; grants: readonly RoleGrant[] | null }>({
    name: "find-actor",
    text: `SELECT u.id, u.name,
                  (SELECT json_agg(json_build_object('role', g.role, 'teamId', g.team_id))
                     FROM role_grants g WHERE g.user_id = u.id) AS grants
             FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2::timestamptz AND u.disabled_at IS NULL`,
    values: [hashToken(token), now()],
  });
  const row = rows[0];
  return row === undefined ? null : { kind: "person", id: row.id, name: row.name, grants: row.grants ?? [] };
}
