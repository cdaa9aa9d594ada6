import type { Pool, PoolClient } from "pg";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import { now } from "#lib/clock.ts";
import { keepNewest } from "#lib/keep-newest.ts";
import { BrokenRow } from "./column-groups.ts";
import { freezesFrom, fromRows, refuseStrayItems } from "./deployment-from-rows.ts";
import type { DeploymentRow } from "./loaded-rows.ts";
import { pool } from "./pool.ts";
import { knownWeight, weightWith, type Weight } from "./record-weight.ts";

export type LoadedDeployment = {
  readonly deployment: Deployment;
  /** The windows over its team and environment, standing or to come, that nobody ended. */
  readonly freezes: readonly FreezeWindow[];
  readonly headHash: string;
  /** The moment of its last event. */
  readonly lastEventAt: Instant;
  /** The asker's roles of now; null once their account, session or token has ended, and where nobody asked. */
  readonly held: readonly RoleGrant[] | null;
  /** What its history weighs; null where nobody asked. */
  readonly weight: Weight | null;
  /** The stone of a record whose content was removed; null for any other. */
  readonly stoneSeq: number | null;
};

// A record's checklist never changes, so a process reads it once.
const CHECKLISTS_KEPT = 2_000;
const checklists = new Map<string, Deployment["checklist"]>();

type LoadOptions = {
  readonly fresh?: boolean;
  readonly asker?: Actor | null;
  readonly weighed?: boolean;
  readonly client?: Pool | PoolClient;
};

/**
 * A whole record as one query sees it, at one moment; null when there is none. `fresh` reads the checklist
 * and the rows of untouched items too, for whoever doubts that they never change; `asker` is whose roles are
 * read with it; `weighed` says what its history weighs; `client` reads it in a snapshot that sees more besides.
 */
export async function loadDeployment(
  id: string,
  { fresh = false, asker = null, weighed = false, client = pool() }: LoadOptions = {},
): Promise<LoadedDeployment | null> {
  const known = fresh ? undefined : checklists.get(id);
  const weightBefore = weighed ? knownWeight(id) : null;
  const { rows } = await client.query<DeploymentRow>({
    name: "load-deployment",
    text: LOAD,
    values: [id, known === undefined, now(), ...askerValues(asker), weightBefore?.seq ?? null, fresh],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const checklist = known ?? row.checklist;
  if (checklist === null) throw new BrokenRow("checklist is missing");
  if (fresh) refuseStrayItems(row, checklist);
  keepNewest(checklists, CHECKLISTS_KEPT, id, checklist);
  return {
    deployment: fromRows(row, checklist),
    freezes: freezesFrom(row),
    headHash: row.head_hash,
    lastEventAt: row.last_event_at.toISOString(),
    held: row.held,
    weight: row.weight && weightBefore && weightWith(id, weightBefore, row.revision, row.weight),
    stoneSeq: row.stone_seq,
  };
}

// The person, and the session or the token that speaks for them.
function askerValues(asker: Actor | null): readonly (string | null)[] {
  if (asker === null || asker.kind === "system") return [null, null, null];
  return asker.kind === "token"
    ? [asker.id, null, asker.token.id]
    : [asker.id, asker.session?.id ?? null, null];
}

const LOAD = `
SELECT d.id, d.team_id, d.service_id, d.service_name, d.predecessor_id,
       d.opened_at, d.opened_by_id, d.opened_by_name,
       d.version, d.commit, d.environment, d.deployment_at, d.deployed_by_id, d.deployed_by_name,
       d.links, d.slo, d.opener_may_sign, d.deployer_may_sign, d.may_hold_several_roles,
       d.revision, d.head_hash, d.last_event_at, d.t0_at, d.sign_off_round,
       d.rollback_at, d.rollback_by_id, d.rollback_by_name, d.rollback_reason, d.frozen_phase,
       d.ended_at, d.ended_by_id, d.ended_by_name, d.outcome, d.ended_reason,
       d.legal_hold_at, d.legal_hold_by_id, d.legal_hold_by_name, d.legal_hold_reason, d.stone_seq,
       CASE WHEN $2::boolean THEN d.checklist END AS checklist,
       (SELECT json_agg(p) FROM phases p WHERE p.deployment_id = d.id) AS phases,
       (SELECT json_agg(i) FROM checklist_items i WHERE i.deployment_id = d.id
           AND ($8::boolean OR i.status <> 'open' OR num_nonnulls(i.settled_at, i.settled_by_id, i.settled_by_name, i.reason,
                                                   i.owner_id, i.owner_name, i.due_at) > 0)) AS items,
       (SELECT json_agg(e ORDER BY e.seq) FROM evidence e WHERE e.deployment_id = d.id) AS evidence,
       (SELECT json_agg(a ORDER BY a.seq) FROM approvals a WHERE a.deployment_id = d.id) AS approvals,
       (SELECT json_agg(r ORDER BY r.round) FROM rejection_answers r WHERE r.deployment_id = d.id) AS answers,
       (SELECT json_agg(b ORDER BY b.request) FROM break_glass b WHERE b.deployment_id = d.id) AS break_glass,
       (SELECT json_agg(c ORDER BY c.seq) FROM comments c WHERE c.deployment_id = d.id) AS comments,
       (SELECT json_agg(l ORDER BY l.seq) FROM freeze_lifts l WHERE l.deployment_id = d.id) AS freeze_lifts,
       (SELECT json_agg(w ORDER BY w.starts_at, w.id) FROM freeze_windows w
         WHERE w.ended_at IS NULL AND w.ends_at > $3::timestamptz
           AND (w.team_id IS NULL OR w.team_id = d.team_id)
           AND (w.environment IS NULL OR lower(w.environment) = lower(d.environment))) AS freezes,
       (SELECT coalesce((SELECT json_agg(json_build_object('role', g.role, 'teamId', g.team_id))
                           FROM role_grants g WHERE g.user_id = u.id), '[]')
          FROM users u
         WHERE u.id = $4::uuid AND u.disabled_at IS NULL
           AND ($5::uuid IS NULL OR EXISTS (SELECT FROM sessions s WHERE s.id = $5::uuid AND s.user_id = u.id
                 AND s.revoked_at IS NULL AND s.expires_at > $3::timestamptz))
           AND ($6::uuid IS NULL OR EXISTS (SELECT FROM api_tokens t WHERE t.id = $6::uuid AND t.user_id = u.id
                 AND t.revoked_at IS NULL AND t.expires_at > $3::timestamptz))) AS held,
       CASE WHEN $7::int IS NOT NULL THEN
         (SELECT json_build_object('bytes', coalesce(sum(octet_length(v.body)), 0), 'contents',
                   coalesce(json_agg(DISTINCT v.body::jsonb #>> '{data,digest}') FILTER (
                     WHERE v.type IN ('approval.granted', 'approval.rejected', 'break-glass.confirmed')), '[]'))
            FROM events v WHERE v.stream_id = d.id AND v.seq > $7::int) END AS weight
  FROM deployments d
 WHERE d.id = $1::uuid`;
