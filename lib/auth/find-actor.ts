import type { RoleGrant, SessionRef } from "#lib/domain/actor.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { IDLE_HOURS } from "#lib/domain/session-limits.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { hashToken } from "#lib/hash-token.ts";
import { tellKnownCaller } from "./known-callers.ts";

type SessionRow = {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly RoleGrant[] | null;
  readonly session_id: string;
  readonly proven_at: Date;
};

export type PersonInSession = {
  readonly kind: "person";
  readonly id: string;
  readonly name: string;
  readonly grants: readonly RoleGrant[];
  readonly session: SessionRef;
};

/**
 * The person behind a session's token with the roles of this moment; null when it has ended. Notes
 * the use, once a minute at most.
 */
export async function findActor(
  token: string,
  address: string | null = null,
): Promise<PersonInSession | null> {
  const [at, credential] = [now(), hashToken(token)];
  const { rows } = await pool().query<SessionRow>({
    name: "find-actor",
    text: FIND,
    values: [credential, at, laterBy(at, -IDLE_HOURS * HOUR)],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const { id, name, grants, session_id, proven_at } = row;
  tellKnownCaller({ credential, caller: `person:${id}` });
  const session = { id: session_id, provenAt: proven_at.toISOString(), address };
  return { kind: "person", id, name, grants: grants ?? [], session };
}

const FIND = `
WITH found AS (
  SELECT u.id, u.name, s.id AS session_id, s.proven_at, s.last_seen_at,
         (SELECT json_agg(json_build_object('role', g.role, 'teamId', g.team_id))
            FROM role_grants g WHERE g.user_id = u.id) AS grants
    FROM sessions s JOIN users u ON u.id = s.user_id
   WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2::timestamptz
     AND s.last_seen_at > $3::timestamptz AND u.disabled_at IS NULL
), seen AS (
  UPDATE sessions SET last_seen_at = $2::timestamptz
   WHERE id = (SELECT session_id FROM found WHERE last_seen_at < $2::timestamptz - interval '1 minute')
)
SELECT * FROM found`;
