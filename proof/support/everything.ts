import { pool } from "#lib/db/pool.ts";

const TABLES = [
  "events",
  "deployments",
  "users",
  "role_grants",
  "teams",
  "services",
  "sessions",
  "api_tokens",
  "approvals",
  "files",
];

/** One text for all that a write could have changed, but for clocks of last use. */
export async function everything(): Promise<string> {
  const counts = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(", ");
  const { rows } = await pool().query(
    `SELECT ${counts},
       (SELECT sum(revision) FROM deployments) AS revisions,
       (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS open_sessions,
       (SELECT count(*) FROM api_tokens WHERE revoked_at IS NULL) AS open_tokens,
       (SELECT md5(string_agg(password_hash || coalesce(disabled_at::text, ''), '|' ORDER BY id)) FROM users) AS accounts`,
  );
  return JSON.stringify(rows);
}
