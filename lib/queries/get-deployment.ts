import type { Actor } from "#lib/domain/actor.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";
import type { DeploymentView } from "./deployment-view.ts";
import { viewDeployment } from "./view-deployment.ts";

/** A record as this caller sees it now. Rejects with `not-found` when they may not see it. */
export async function getDeployment(actor: Actor, id: string): Promise<DeploymentView> {
  const [loaded, surroundings] = await Promise.all([loadDeployment(id), loadSurroundings(id)]);
  if (loaded === null || surroundings === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return viewDeployment(loaded.deployment, surroundings, actor, now());
}

/** The record's revision alone, for a caller who asks whether anything changed. */
export async function getRevision(actor: Actor, id: string): Promise<number> {
  const { rows } = await pool().query<{ team_id: string; revision: number }>({
    name: "deployment-revision",
    text: "SELECT team_id, revision FROM deployments WHERE id = $1::uuid",
    values: [id],
  });
  const row = rows[0];
  if (row === undefined || !may(actor, "deployment.view", row.team_id)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return row.revision;
}

export type Surroundings = {
  readonly teamName: string;
  readonly successorId: string | null;
  /** The groups of addresses that the service gave. */
  readonly checkGroups: readonly string[];
  readonly checkRuns: readonly { readonly item: string; readonly checker: string; readonly ranAt: string }[];
};

async function loadSurroundings(id: string): Promise<Surroundings | null> {
  const { rows } = await pool().query<Surroundings & { checkRuns: Surroundings["checkRuns"] | null }>({
    name: "deployment-surroundings",
    text: `SELECT t.name AS "teamName",
                  (SELECT s.id FROM deployments s WHERE s.predecessor_id = d.id ORDER BY s.opened_at DESC LIMIT 1) AS "successorId",
                  ARRAY(SELECT jsonb_object_keys(v.checks)) AS "checkGroups",
                  (SELECT json_agg(json_build_object('item', r.item_key, 'checker', r.checker, 'ranAt', r.ran_at))
                     FROM check_runs r WHERE r.deployment_id = d.id) AS "checkRuns"
             FROM deployments d JOIN teams t ON t.id = d.team_id JOIN services v ON v.id = d.service_id
            WHERE d.id = $1::uuid`,
    values: [id],
  });
  const row = rows[0];
  return row === undefined ? null : { ...row, checkRuns: row.checkRuns ?? [] };
}
