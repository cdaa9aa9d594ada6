import type { Instant } from "#lib/domain/deployment.ts";
import type { Mandate } from "#lib/domain/mandate.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import { pool } from "./pool.ts";

type Row = {
  readonly id: string;
  readonly role: ApproverRole;
  readonly team_id: string | null;
  readonly from_id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
};

/** For whom a person may sign at a moment: delegations that stand, of people who still hold the role. */
export async function loadMandates(personId: string, at: Instant): Promise<readonly Mandate[]> {
  const { rows } = await pool().query<Row>({ name: "load-mandates", text: MANDATES, values: [personId, at] });
  return rows.map((row) => ({
    delegation: row.id,
    role: row.role,
    teamId: row.team_id,
    from: { id: row.from_id, name: row.from_name },
    to: { id: personId, name: row.to_name },
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
  }));
}

const MANDATES = `
SELECT g.id, g.role, g.team_id, g.from_id, f.name AS from_name, t.name AS to_name, g.starts_at, g.ends_at
  FROM delegations g JOIN users f ON f.id = g.from_id JOIN users t ON t.id = g.to_id
 WHERE g.to_id = $1::uuid AND g.ended_at IS NULL AND g.starts_at <= $2::timestamptz AND $2::timestamptz < g.ends_at
   AND f.disabled_at IS NULL AND t.disabled_at IS NULL
   AND EXISTS (SELECT FROM role_grants r WHERE r.user_id = g.from_id AND r.role = g.role
                AND (r.team_id IS NULL OR r.team_id = g.team_id))
 ORDER BY g.starts_at, g.id`;
