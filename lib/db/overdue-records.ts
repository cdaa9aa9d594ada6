import type { Instant } from "#lib/domain/deployment.ts";
import { NOTICE } from "#lib/domain/retention-span.ts";
import { laterBy } from "#lib/domain/time.ts";
import { pool } from "./pool.ts";

export type OverdueRecord = {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly endedAt: Date;
};

/** Records that the retention span no longer covers and no hold keeps, nor has kept within a week; the oldest first. */
export async function overdueRecords(at: Instant, limit: number): Promise<readonly OverdueRecord[]> {
  const { rows } = await pool().query<OverdueRecord>(OVERDUE, [at, laterBy(at, -NOTICE), limit]);
  return rows;
}

const OVERDUE = `
WITH span AS MATERIALIZED (SELECT retention_in_force($1::timestamptz) AS days)
SELECT d.id, d.service_name AS service, d.version, d.ended_at AS "endedAt"
  FROM deployments d, span
 WHERE d.ended_at <= $1::timestamptz - make_interval(hours => 24 * span.days)
   AND d.legal_hold_at IS NULL AND d.stone_seq IS NULL
   AND NOT EXISTS (SELECT FROM events e WHERE e.stream_id = d.id AND e.type = 'legal-hold.lifted' AND e.at > $2)
 ORDER BY d.ended_at LIMIT $3`;
