import type { Actor } from "#lib/domain/actor.ts";
import { overlapsAmong } from "#lib/domain/calendar.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import type { Status } from "#lib/domain/status.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";

export type CalendarFilter = {
  readonly from: Instant;
  readonly to: Instant;
  /** The exact name of a team. */
  readonly team?: string | undefined;
  readonly environment?: string | undefined;
};

export type CalendarEntry = {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly team: string;
  /** The team's own zone, an IANA name. */
  readonly zone: string;
  /** T-0, or the date it is planned for. */
  readonly at: Instant;
  readonly status: Status;
  readonly begun: boolean;
  /** Whether another deployment of the service to the environment begins within a day of it. */
  readonly overlaps: boolean;
};

const MOST = 1_000;

/** The deployments of a span that the caller may see, by their T-0 or the date planned for it. */
export async function viewCalendar(
  actor: Actor,
  filter: CalendarFilter,
): Promise<{ readonly entries: readonly CalendarEntry[]; readonly truncated: boolean }> {
  const { rows } = await pool().query<Stored>({
    name: "calendar",
    text: CALENDAR,
    values: [
      teamsWhere(actor, "deployment.view"),
      filter.team ?? null,
      filter.environment ?? null,
      filter.from,
      filter.to,
      MOST + 1,
    ],
  });
  const shown = rows.slice(0, MOST);
  const overlaps = overlapsAmong(shown.map((row) => ({ ...row, cancelled: row.status === "cancelled" })));
  return {
    entries: shown.map(({ serviceId: _serviceId, endedAt: _endedAt, ...row }) => ({
      ...row,
      overlaps: overlaps.has(row.id),
    })),
    truncated: rows.length > MOST,
  };
}

type Stored = Omit<CalendarEntry, "overlaps"> & {
  readonly serviceId: string;
  readonly endedAt: Instant | null;
};

const CALENDAR = `
SELECT d.id, d.service_name AS service, d.service_id AS "serviceId", d.version, d.environment,
       t.name AS team, t.time_zone AS zone, ${isoText("coalesce(d.t0_at, d.deployment_at)")} AS at,
       ${isoText("d.ended_at")} AS "endedAt", d.status, d.t0_at IS NOT NULL AS begun
  FROM deployments d JOIN teams t ON t.id = d.team_id
 WHERE ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[]))
   AND ($2::text IS NULL OR t.name = $2)
   AND ($3::text IS NULL OR lower(d.environment) = lower($3))
   AND coalesce(d.t0_at, d.deployment_at) >= $4::timestamptz AND coalesce(d.t0_at, d.deployment_at) < $5::timestamptz
   AND d.stone_seq IS NULL
 ORDER BY coalesce(d.t0_at, d.deployment_at), d.id
 LIMIT $6`;
