import type { Transaction } from "./change-installation.ts";
import { isoText } from "./iso-text.ts";

/**
 * Whether a row `w` of `freeze_windows` stops a record that a person (`me`, an id) opened or deploys,
 * unless its team relaxed that duty: one that may still begin at T-0. What it was since the window was made
 * counts as what it is: a record that moves away for a moment, or is cancelled, binds as before.
 */
export function stopsRecordOf(me: string): string {
  return `EXISTS (SELECT FROM deployments d LEFT JOIN (${PAST}) past ON past.stream_id = d.id
    WHERE coalesce(d.ended_at >= w.created_at, true) AND d.rollback_at IS NULL
      AND ((d.opened_by_id = ${me} AND NOT d.opener_may_sign)
        OR ((d.deployed_by_id = ${me} OR ${me}::text = ANY (past.deployers)) AND NOT d.deployer_may_sign))
      AND (w.team_id IS NULL OR w.team_id = d.team_id)
      AND (w.environment IS NULL OR lower(w.environment) = ANY (array_append(past.environments, lower(d.environment))))
      AND NOT EXISTS (SELECT FROM phases p JOIN jsonb_array_elements(d.checklist -> 'phases') AS t
            ON t ->> 'key' = p.key AND t #>> '{timing,startsAtT0}' = 'true'
           WHERE p.deployment_id = d.id AND p.started_at IS NOT NULL))`;
}

// What records were, each before a change of its details since the window was made.
const PAST = `
  SELECT e.stream_id, array_agg(lower(e.was ->> 'environment')) AS environments,
         array_agg(e.was #>> '{deployedBy,id}') AS deployers
    FROM (SELECT stream_id, body::jsonb #> '{data,from}' AS was FROM events
           WHERE type = 'deployment.details-changed' AND at >= ${isoText("w.created_at")}) AS e
   GROUP BY e.stream_id`;

/** The same of one window. */
export async function freezeStopsRecordOf(
  tx: Transaction,
  personId: string,
  freezeId: string,
): Promise<boolean> {
  const rows = await tx.$queryRawUnsafe<{ stops: boolean }[]>(ONE, personId, freezeId);
  return rows[0]?.stops === true;
}

const ONE = `SELECT ${stopsRecordOf("$1::uuid")} AS stops FROM freeze_windows w WHERE w.id = $2::uuid`;
