import { pool } from "./pool.ts";

/**
 * Whether a row `w` of `freeze_windows` stops a record that a person (`me`, an id) opened or deploys,
 * unless its team relaxed that duty: one that may still begin at T-0.
 */
export function stopsRecordOf(me: string): string {
  return `EXISTS (SELECT FROM deployments d
    WHERE d.ended_at IS NULL AND d.rollback_at IS NULL
      AND ((d.opened_by_id = ${me} AND NOT d.opener_may_sign) OR (d.deployed_by_id = ${me} AND NOT d.deployer_may_sign))
      AND (w.team_id IS NULL OR w.team_id = d.team_id)
      AND (w.environment IS NULL OR lower(w.environment) = lower(d.environment))
      AND NOT EXISTS (SELECT FROM phases p JOIN jsonb_array_elements(d.checklist -> 'phases') AS t
            ON t ->> 'key' = p.key AND t #>> '{timing,startsAtT0}' = 'true'
           WHERE p.deployment_id = d.id AND p.started_at IS NOT NULL))`;
}

/** The same of one window. */
export async function freezeStopsRecordOf(personId: string, freezeId: string): Promise<boolean> {
  const { rows } = await pool().query<{ stops: boolean }>({
    name: "freeze-stops-record-of",
    text: `SELECT ${stopsRecordOf("$1::uuid")} AS stops FROM freeze_windows w WHERE w.id = $2::uuid`,
    values: [personId, freezeId],
  });
  return rows[0]?.stops === true;
}
