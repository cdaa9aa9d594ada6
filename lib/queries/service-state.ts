import type { Verdict } from "#lib/domain/check-result.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";
import type { DeployedVersion } from "./list-services.ts";

export type ServiceCheckResult = {
  readonly checker: string;
  /** The item that it was a check of. */
  readonly title: string;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly at: string;
};

export type ServiceState = {
  /** What runs in each environment: what reached T-0 there last and was not rolled back. */
  readonly running: readonly DeployedVersion[];
  /** What each live check saw last, on the newest records. */
  readonly checks: readonly ServiceCheckResult[];
};

/** How a service stands by its records. Whether the caller sees the service was asked before. */
export async function serviceState(serviceId: string): Promise<ServiceState> {
  const [{ rows: running }, { rows: checks }] = await Promise.all([
    pool().query<DeployedVersion>({ name: "service-running", text: RUNNING, values: [serviceId] }),
    pool().query<ServiceCheckResult>({ name: "service-checks", text: CHECKS, values: [serviceId] }),
  ]);
  return { running, checks };
}

const RUNNING = `
SELECT * FROM (
  SELECT DISTINCT ON (lower(d.environment)) d.id, d.version, d.environment, ${isoText("d.t0_at")} AS at
    FROM deployments d
   WHERE d.service_id = $1::uuid AND d.t0_at IS NOT NULL AND d.rollback_at IS NULL
   ORDER BY lower(d.environment), d.t0_at DESC) AS running
 ORDER BY at DESC`;

const CHECKS = `
SELECT DISTINCT ON (r.item_key, r.checker) r.checker, r.verdict, r.summary, ${isoText("r.ran_at")} AS at,
       coalesce(jsonb_path_query_first(d.checklist, '$.phases[*].sections[*].items[*] ? (@.key == $key).title',
         jsonb_build_object('key', r.item_key)) #>> '{}', r.item_key) AS title
  FROM (SELECT id, checklist FROM deployments WHERE service_id = $1::uuid AND stone_seq IS NULL
         ORDER BY opened_at DESC, id DESC LIMIT 10) AS d
  JOIN check_runs r ON r.deployment_id = d.id
 ORDER BY r.item_key, r.checker, r.ran_at DESC`;
