import type { CheckResult, Probe } from "#lib/domain/check-result.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import type { SeenRun } from "#lib/domain/failing-checks.ts";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { pool } from "./pool.ts";
import { serviceChecksFromJson } from "./service-checks-from-json.ts";

export type CheckRun = SeenRun & { readonly ranAt: Instant };

type Stored = Omit<CheckRun, "ranAt" | "failingSince" | "addressChangedAt"> & {
  readonly ranAt: Date;
  readonly failingSince: Date | null;
  readonly addressChangedAt: Date | null;
};

export type CheckedDeployment = { readonly id: string; readonly teamId: string };

type RunKey = { readonly deploymentId: string; readonly itemKey: string; readonly checker: string };

/** When each live check of a record ran last, and what it saw. */
export async function loadCheckRuns(deploymentId: string): Promise<readonly CheckRun[]> {
  const { rows } = await pool().query<Stored>({
    name: "load-check-runs",
    text: `SELECT item_key AS "itemKey", checker, ran_at AS "ranAt", verdict, summary,
                  failing_since AS "failingSince", address_changed_at AS "addressChangedAt"
             FROM check_runs WHERE deployment_id = $1::uuid`,
    values: [deploymentId],
  });
  return rows.map(({ ranAt, failingSince, addressChangedAt, ...row }) => ({
    ...row,
    ranAt: ranAt.toISOString(),
    failingSince: failingSince?.toISOString() ?? null,
    addressChangedAt: addressChangedAt?.toISOString() ?? null,
  }));
}

/**
 * Notes that a check ran, with its look where the checker judges a series of them. With `closesGate`
 * its record's people are told when it begins to fail; a look that could tell nothing ends no failure.
 */
export async function saveCheckRun(
  { deploymentId, itemKey, checker }: RunKey,
  { verdict, summary }: CheckResult,
  probe: Omit<Probe, "at"> | null,
  at: Instant,
  closesGate: boolean,
): Promise<void> {
  await pool().query({
    name: "save-check-run",
    text: `
      WITH probe AS (
        INSERT INTO probes (deployment_id, item_key, checker, at, ok, detail)
        SELECT $1::uuid, $2, $3, $4::timestamptz, $7::boolean, $8 WHERE $7::boolean IS NOT NULL
        ON CONFLICT DO NOTHING)
      INSERT INTO check_runs (deployment_id, item_key, checker, ran_at, verdict, summary, failing_since, closes_gate)
      VALUES ($1::uuid, $2, $3, $4::timestamptz, $5, $6, CASE WHEN $5 = 'fail' THEN $4::timestamptz END, $9::boolean)
      ON CONFLICT (deployment_id, item_key, checker) DO UPDATE
        SET ran_at = excluded.ran_at, verdict = excluded.verdict, summary = excluded.summary,
            closes_gate = excluded.closes_gate,
            failing_since = CASE WHEN excluded.verdict <> 'pass' THEN coalesce(check_runs.failing_since, excluded.failing_since) END,
            address_changed_at = CASE WHEN excluded.verdict = 'unknown' THEN check_runs.address_changed_at END
        WHERE check_runs.ran_at <= excluded.ran_at`,
    values: [
      deploymentId,
      itemKey,
      checker,
      at,
      verdict,
      summary,
      probe?.ok ?? null,
      probe?.detail ?? null,
      closesGate,
    ],
  });
}

/** The looks of one check since a moment, oldest first. */
export async function loadProbes(
  { deploymentId, itemKey, checker }: RunKey,
  since: Instant,
): Promise<readonly Probe[]> {
  const { rows } = await pool().query<{ at: Date; ok: boolean; detail: string }>({
    name: "load-probes",
    text: `SELECT at, ok, detail FROM probes
            WHERE deployment_id = $1::uuid AND item_key = $2 AND checker = $3 AND at >= $4::timestamptz
            ORDER BY at`,
    values: [deploymentId, itemKey, checker, since],
  });
  return rows.map(({ at, ok, detail }) => ({ at: at.toISOString(), ok, detail }));
}

/** The addresses that a record's service gave, and the name of its team. */
export async function loadServiceChecks(serviceId: string): Promise<{ checks: ServiceChecks; team: string }> {
  const { rows } = await pool().query<{ checks: unknown; team: string }>({
    name: "load-service-checks",
    text: "SELECT s.checks, t.name AS team FROM services s JOIN teams t ON t.id = s.team_id WHERE s.id = $1::uuid",
    values: [serviceId],
  });
  return { checks: serviceChecksFromJson(rows[0]?.checks ?? {}), team: rows[0]?.team ?? "" };
}

/** Records whose open phase may have something to check: neither ended nor without addresses. */
export async function listCheckedDeployments(): Promise<readonly CheckedDeployment[]> {
  const { rows } = await pool().query<CheckedDeployment>({
    name: "list-checked-deployments",
    text: `SELECT d.id, d.team_id AS "teamId" FROM deployments d JOIN services s ON s.id = d.service_id
            WHERE d.ended_at IS NULL AND s.checks <> '{}'::jsonb ORDER BY d.id`,
  });
  return rows;
}

export async function deleteProbesBefore(at: Instant): Promise<void> {
  await pool().query("DELETE FROM probes WHERE at < $1::timestamptz", [at]);
}
