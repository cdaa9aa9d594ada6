import { approvalWaits, type DueMoments, type SignatureMoment } from "#lib/domain/approval-waits.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import type { DeploymentFacts } from "#lib/domain/insights.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";

export type FactsFilter = {
  /** Null means every team. */
  readonly teams: readonly string[] | null;
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  readonly from: Instant;
  readonly to: Instant;
};

/** The newest `limit` records that reached T-0 or were cancelled within the span. */
export async function fetchDeploymentFacts(
  filter: FactsFilter,
  limit: number,
): Promise<readonly DeploymentFacts[]> {
  const { teams, team, service, environment, from, to } = filter;
  const values = [teams, team ?? null, service ?? null, environment ?? null, from, to, limit];
  const { rows } = await pool().query<Row>({ name: "deployment-facts", text: FACTS, values });
  return rows.map(factsOf);
}

type Row = Omit<DeploymentFacts, "phases" | "waits"> & {
  readonly order: readonly { readonly key: string; readonly title: string }[];
  readonly steps: readonly SignOffStep[];
  readonly gatePhase: string | null;
  readonly spans: Readonly<Record<string, { readonly from: Instant | null; readonly to: Instant | null }>>;
  readonly signatures: readonly SignatureMoment[];
  /** Only of records whose sign-off began anew: the tables hold the last completion alone. */
  readonly turns: readonly Turn[] | null;
};

/** A phase that was completed or, without one, a round of the sign-off that ended; oldest first. */
type Turn = { readonly at: Instant; readonly phase: string | null };

function factsOf({ order, steps, gatePhase, spans, signatures, turns, ...facts }: Row): DeploymentFacts {
  const phases = order.map(({ key, title }) => ({ key, title, ...(spans[key] ?? { from: null, to: null }) }));
  const before =
    gatePhase === null ? phases.at(-1) : phases[order.findIndex(({ key }) => key === gatePhase) - 1];
  return { ...facts, phases, waits: approvalWaits(steps, dueMoments(turns, before), signatures) };
}

function dueMoments(
  turns: readonly Turn[] | null,
  before: DeploymentFacts["phases"][number] | undefined,
): DueMoments {
  const completions =
    turns === null
      ? [before?.to ?? null].filter((at) => at !== null)
      : turns.filter(({ phase }) => phase === before?.key).map(({ at }) => at);
  const ends = (turns ?? []).filter(({ phase }) => phase === null);
  return { completions, rounds: new Map(ends.map(({ at }, index) => [index + 2, at])) };
}

const FACTS = `
SELECT d.id, d.service_name AS service, t.name AS team, d.environment, d.version,
       ${isoText("d.opened_at")} AS "openedAt", ${isoText("d.t0_at")} AS "t0At", ${isoText("d.rollback_at")} AS "rollbackAt",
       ${isoText("d.ended_at")} AS "endedAt", d.outcome,
       CASE WHEN d.rollback_at IS NOT NULL THEN
         (SELECT CASE WHEN count(*) = 0 THEN ${isoText("d.ended_at")}
                      WHEN bool_and(i.status <> 'open') THEN ${isoText("max(i.settled_at)")} END
            FROM jsonb_path_query(d.checklist, '$.rollback.sections[*].items[*] ? (@.critical == true).key') AS critical(key)
            JOIN checklist_items i ON i.deployment_id = d.id AND i.key = critical.key #>> '{}') END AS "restoredAt",
       EXISTS (SELECT FROM deployments p WHERE p.id = d.predecessor_id AND p.rollback_at IS NOT NULL) AS "isRework",
       (SELECT jsonb_agg(jsonb_build_object('key', phase ->> 'key', 'title', phase ->> 'title') ORDER BY place)
          FROM jsonb_array_elements(d.checklist -> 'phases') WITH ORDINALITY AS p(phase, place)) AS "order",
       d.checklist -> 'signOff' -> 'steps' AS steps, d.checklist -> 'signOff' ->> 'gatePhase' AS "gatePhase",
       (SELECT coalesce(jsonb_object_agg(p.key, jsonb_build_object('from', ${isoText("p.started_at")},
               'to', CASE WHEN NOT p.left_incomplete THEN ${isoText("p.completed_at")} END)), '{}')
          FROM phases p WHERE p.deployment_id = d.id) AS spans,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('round', a.round, 'role', a.role, 'signedAt', ${isoText("a.signed_at")}) ORDER BY a.seq), '[]')
          FROM approvals a WHERE a.deployment_id = d.id) AS signatures,
       CASE WHEN d.sign_off_round > 1 THEN
         (SELECT jsonb_agg(jsonb_build_object('at', e.at, 'phase', e.body::jsonb #> '{data,phase}') ORDER BY e.seq)
            FROM events e
           WHERE e.stream_id = d.id AND e.type IN ('phase.completed', 'sign-off.voided', 'rejection.answered')) END AS turns
  FROM deployments d JOIN teams t ON t.id = d.team_id
 WHERE ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[]))
   AND ($2::text IS NULL OR t.name = $2)
   AND ($3::text IS NULL OR d.service_name = $3)
   AND ($4::text IS NULL OR d.environment = $4)
   AND (d.t0_at >= $5::timestamptz AND d.t0_at < $6::timestamptz
        OR d.outcome = 'cancelled' AND d.ended_at >= $5::timestamptz AND d.ended_at < $6::timestamptz)
 ORDER BY coalesce(d.t0_at, d.ended_at) DESC
 LIMIT $7`;
