import type { Actor } from "#lib/domain/actor.ts";
import type { SeenRun } from "#lib/domain/failing-checks.ts";
import type { AddressChanges } from "#lib/domain/inputs/service-checks.ts";
import type { Mandate } from "#lib/domain/mandate.ts";
import type { FreezeWindow } from "#lib/domain/freezes.ts";
import { may, seesAsAuditor } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { loadMandates } from "#lib/db/mandates.ts";
import { pool } from "#lib/db/pool.ts";
import type { DeploymentView } from "./deployment-view.ts";
import { viewDeployment } from "./view-deployment.ts";

/**
 * A record as this caller sees it now. A caller who has just read its revision names it: many who
 * ask at once, since all were told of the same change, then share one reading of the record.
 * Rejects with `not-found` when they may not see it.
 */
export async function getDeployment(actor: Actor, id: string, revision?: number): Promise<DeploymentView> {
  const at = now();
  const [loaded, surroundings, mandates] = await Promise.all([
    revision === undefined ? loadDeployment(id) : loadShared(id, revision),
    loadSurroundings(id),
    actor.kind === "person" ? loadMandates(actor.id, at) : [],
  ]);
  if (loaded === null || surroundings === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  const { deployment, stoneSeq, freezes } = loaded;
  const { teamId } = deployment;
  if (seesAsAuditor(actor, teamId))
    await noteAccess(actor, { act: "opened", subject: "record", record: { id, teamId } });
  return viewDeployment(deployment, { ...surroundings, mandates, stoneSeq, freezes }, actor, at);
}

const loading = new Map<string, ReturnType<typeof loadDeployment>>();

// A reading under way for a revision began when it was committed: it finds that one or a later one.
async function loadShared(id: string, revision: number): ReturnType<typeof loadDeployment> {
  const key = `${id}:${revision}`;
  const shared = loading.get(key) ?? loadDeployment(id).finally(() => loading.delete(key));
  loading.set(key, shared);
  return shared;
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
  /** The stone of a record whose content was removed. */
  readonly stoneSeq: number | null;
  readonly successorId: string | null;
  readonly freezes: readonly FreezeWindow[];
  /** The groups of addresses that the service gave. */
  readonly checkGroups: readonly string[];
  /** When each group's addresses were changed last, and by whom. */
  readonly checksChanged: AddressChanges;
  readonly checkRuns: readonly (SeenRun & { readonly ranAt: string })[];
  /** For whom the caller may sign now. */
  readonly mandates: readonly Mandate[];
};

type Stored = Omit<Surroundings, "mandates" | "stoneSeq" | "freezes">;

async function loadSurroundings(id: string): Promise<Stored | null> {
  const { rows } = await pool().query<Stored & { checkRuns: Stored["checkRuns"] | null }>({
    name: "deployment-surroundings",
    text: `SELECT t.name AS "teamName",
                  (SELECT s.id FROM deployments s WHERE s.predecessor_id = d.id ORDER BY s.opened_at DESC LIMIT 1) AS "successorId",
                  ARRAY(SELECT jsonb_object_keys(v.checks)) AS "checkGroups",
                  v.checks_changed AS "checksChanged",
                  (SELECT json_agg(json_build_object('itemKey', r.item_key, 'checker', r.checker, 'ranAt', r.ran_at,
                             'verdict', r.verdict, 'summary', r.summary,
                             'failingSince', r.failing_since, 'addressChangedAt', r.address_changed_at))
                     FROM check_runs r WHERE r.deployment_id = d.id) AS "checkRuns"
             FROM deployments d JOIN teams t ON t.id = d.team_id JOIN services v ON v.id = d.service_id
            WHERE d.id = $1::uuid`,
    values: [id],
  });
  const row = rows[0];
  return row === undefined ? null : { ...row, checkRuns: row.checkRuns ?? [] };
}
