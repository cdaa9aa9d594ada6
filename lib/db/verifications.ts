import type { VerificationScope } from "#lib/domain/inputs/verifications.ts";
import type { Flaw } from "./chain-flaw.ts";
import type { Queryable } from "./log-nodes.ts";
import { pool } from "./pool.ts";

export type VerificationRun = {
  readonly id: string;
  readonly scope: VerificationScope;
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly askedAt: string;
  readonly finishedAt: string | null;
  /** Null until it began. */
  readonly eventsTotal: number | null;
  readonly eventsChecked: number;
  readonly streams: number | null;
  /** Why it came to no result; null when it did, or runs. */
  readonly failure: string | null;
  readonly flaws: readonly Flaw[] | null;
};

export async function insertVerification(
  run: Pick<VerificationRun, "id" | "scope" | "askedBy" | "askedAt">,
  db: Queryable = pool(),
): Promise<void> {
  const deployment = run.scope.kind === "deployment" ? run.scope.deploymentId : null;
  await db.query(
    `INSERT INTO verifications (id, scope, deployment_id, asked_by_id, asked_by_name, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
    [run.id, JSON.stringify(run.scope), deployment, run.askedBy.id, run.askedBy.name, run.askedAt],
  );
}

/** How many of one person, asked for since a time and besides this one, have no result yet. */
export async function countUnfinished(
  db: Queryable,
  { askedBy, id }: Pick<VerificationRun, "askedBy" | "id">,
  since: string,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM verifications
      WHERE asked_by_id = $1 AND id <> $2 AND finished_at IS NULL AND asked_at > $3`,
    [askedBy.id, id, since],
  );
  return rows[0]?.count ?? 0;
}

export async function recordProgress(id: string, checked: number, total: number): Promise<void> {
  await pool().query(
    "UPDATE verifications SET events_checked = $2, events_total = $3 WHERE id = $1 AND finished_at IS NULL",
    [id, checked, total],
  );
}

export async function recordResult(
  id: string,
  at: string,
  result: { readonly streams: number; readonly events: number; readonly flaws: readonly Flaw[] },
): Promise<void> {
  await pool().query(
    `UPDATE verifications SET finished_at = $2, streams = $3, events_checked = $4, events_total = $4, flaws = $5
      WHERE id = $1 AND finished_at IS NULL`,
    [id, at, result.streams, result.events, JSON.stringify(result.flaws)],
  );
}

/** Keeps that a run came to no result, and why. */
export async function recordFailure(id: string, at: string, failure: string): Promise<void> {
  await pool().query(
    "UPDATE verifications SET finished_at = $2, failure = $3 WHERE id = $1 AND finished_at IS NULL",
    [id, at, failure],
  );
}

/** One run; null when there is none. */
export async function findVerification(id: string): Promise<VerificationRun | null> {
  const [run] = await find("WHERE id = $1::uuid", [id]);
  return run ?? null;
}

/** The last runs, newest first: all, or those about deployments of these teams. */
export async function listVerificationRuns(
  teams: readonly string[] | null,
  limit: number,
): Promise<readonly VerificationRun[]> {
  return find(
    `WHERE $1::uuid[] IS NULL OR EXISTS (
       SELECT FROM deployments d WHERE d.id = v.deployment_id AND d.team_id = ANY ($1::uuid[]))
     ORDER BY asked_at DESC LIMIT $2`,
    [teams, limit],
  );
}

/**
 * The last run that says how everything stands: over everything, whatever came of it, or over less, where
 * it found a flaw. Null before the first.
 */
export async function lastTellingVerification(): Promise<VerificationRun | null> {
  const [run] = await find(
    `WHERE finished_at IS NOT NULL AND (scope ->> 'kind' = 'everything' OR jsonb_array_length(flaws) > 0)
     ORDER BY finished_at DESC LIMIT 1`,
    [],
  );
  return run ?? null;
}

async function find(where: string, values: readonly unknown[]): Promise<readonly VerificationRun[]> {
  const { rows } = await pool().query<Row>(`SELECT ${COLUMNS} FROM verifications v ${where}`, [...values]);
  return rows.map(({ askedById, askedByName, askedAt, finishedAt, ...row }) => ({
    ...row,
    askedBy: { id: askedById, name: askedByName },
    askedAt: askedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }));
}

type Row = Omit<VerificationRun, "askedBy" | "askedAt" | "finishedAt"> & {
  askedById: string;
  askedByName: string;
  askedAt: Date;
  finishedAt: Date | null;
};

const COLUMNS = `id, scope, asked_by_id AS "askedById", asked_by_name AS "askedByName", asked_at AS "askedAt",
  finished_at AS "finishedAt", events_total AS "eventsTotal", events_checked AS "eventsChecked", streams, failure, flaws`;
