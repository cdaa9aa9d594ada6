import type { PoolClient } from "pg";

/** What stands in a record's row for the board alone, derived from the rest; null when there is no row. */
export type BoardColumns = {
  readonly revision: number;
  /** As the list of services has it. */
  readonly service: string | null;
  readonly status: string;
  readonly awaitedRoles: readonly string[];
  readonly breakGlass: string;
  readonly summary: object;
  readonly lastEventAt: string | null;
};

export async function boardColumns(client: PoolClient, id: string): Promise<BoardColumns | null> {
  const { rows } = await client.query<Omit<BoardColumns, "lastEventAt"> & { lastEventAt: Date | null }>(
    `SELECT revision, (SELECT name FROM services s WHERE s.id = service_id AND s.team_id = d.team_id) AS service, status, awaited_roles AS "awaitedRoles", break_glass AS "breakGlass", summary, last_event_at AS "lastEventAt"
       FROM deployments d WHERE id = $1::uuid`,
    [id],
  );
  const row = rows[0];
  return row === undefined ? null : { ...row, lastEventAt: row.lastEventAt?.toISOString() ?? null };
}
