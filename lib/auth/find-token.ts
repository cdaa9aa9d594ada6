import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/domain/token-scopes.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { networkOf } from "#lib/network-of.ts";
import { hashToken } from "#lib/hash-token.ts";
import { tellKnownCaller } from "./known-callers.ts";

export type TokenActor = Actor & { kind: "token" };

type TokenRow = {
  readonly person_id: string;
  readonly person_name: string;
  readonly token_id: string;
  readonly token_name: string;
  readonly scopes: readonly string[];
  readonly grants: readonly RoleGrant[] | null;
};

/**
 * The actor behind an API token, with its person's roles of this moment; null when it is unknown,
 * ended or revoked, or its person's account is closed. Notes the use, once a minute at most, and in
 * the security log a network that it never came from before: nobody buries one line among many.
 */
export async function findToken(secret: string, address: string): Promise<TokenActor | null> {
  const credential = hashToken(secret);
  const { rows } = await pool().query<TokenRow>({
    name: "find-token",
    text: FIND,
    values: [credential, now(), address.slice(0, 100), networkOf(address).slice(0, 100)],
  });
  const row = rows[0];
  if (row === undefined) return null;
  tellKnownCaller({ credential, caller: `token:${row.token_id}` });
  const scopes = TOKEN_SCOPES.filter((scope: TokenScope) => row.scopes.includes(scope));
  return {
    kind: "token",
    id: row.person_id,
    name: `${row.token_name} (${row.person_name})`,
    token: { id: row.token_id, name: row.token_name, scopes },
    grants: row.grants ?? [],
  };
}

/** New addresses of a token that are told of; a further one is when it comes again. */
const NEW_IN_AN_HOUR = 20;

const FIND = `
WITH found AS (
  SELECT t.id AS token_id, t.name AS token_name, t.scopes, t.last_used_at, u.id AS person_id, u.name AS person_name,
         (SELECT json_agg(json_build_object('role', g.role, 'teamId', g.team_id))
            FROM role_grants g WHERE g.user_id = u.id) AS grants
    FROM api_tokens t JOIN users u ON u.id = t.user_id
   WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2::timestamptz AND u.disabled_at IS NULL
), used AS (
  UPDATE api_tokens SET last_used_at = $2::timestamptz
   WHERE id = (SELECT token_id FROM found
                WHERE last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')
), address AS (
  INSERT INTO api_token_addresses (token_id, address, first_seen_at)
  SELECT token_id, $4, $2::timestamptz FROM found
   WHERE NOT EXISTS (SELECT FROM api_token_addresses a WHERE a.token_id = found.token_id AND a.address = $4)
     AND (SELECT count(*) FROM api_token_addresses a
           WHERE a.token_id = found.token_id AND a.first_seen_at > $2::timestamptz - interval '1 hour') < ${NEW_IN_AN_HOUR}
  ON CONFLICT DO NOTHING
  RETURNING token_id
), logged AS (
  INSERT INTO security_log (at, kind, user_id, address, detail)
  SELECT $2::timestamptz, 'token.new-address', found.person_id, $3, found.token_name FROM found JOIN address USING (token_id)
)
SELECT * FROM found`;
