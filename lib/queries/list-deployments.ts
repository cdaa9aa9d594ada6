import type { Actor } from "#lib/domain/actor.ts";
import { OVERLAP_HOURS } from "#lib/domain/calendar.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import type { BreakGlassState } from "#lib/domain/break-glass-request.ts";
import type { Status, Summary } from "#lib/domain/status.ts";
import { now } from "#lib/clock.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";
import { awaitingMe, rolesHeld } from "./awaiting-me.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export type DeploymentFilter = {
  readonly search?: string | undefined;
  /** The exact name of a service. */
  readonly service?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly team?: string | undefined;
  /** Only records that wait for a signature or a confirmation that the caller may give. */
  readonly awaitingMe?: boolean | undefined;
  /** Only records that the caller opened, deploys or owns an open item of. */
  readonly mine?: boolean | undefined;
  /** Bounds of the deployment date. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type DeploymentRow = {
  readonly id: string;
  readonly service: string;
  readonly team: string;
  readonly teamId: string;
  readonly version: string;
  readonly commit: string;
  readonly environment: string;
  readonly status: Status;
  /** The first of `awaitedRoles`. */
  readonly awaitedRole: ApproverRole | null;
  readonly awaitedRoles: readonly ApproverRole[];
  readonly breakGlass: BreakGlassState;
  readonly deploymentAt: string;
  readonly t0At: string | null;
  readonly endedAt: string | null;
  readonly rtoEndsAt: string | null;
  readonly lastEventAt: string;
  readonly openedAt: string;
  readonly summary: Summary;
  /** Until T-0: why the date lies in a freeze that is not lifted for it, and whether another is near it. */
  readonly freeze: string | null;
  readonly overlaps: boolean;
};

export type DeploymentPage = { readonly rows: readonly DeploymentRow[]; readonly nextCursor: string | null };

/** The records that the caller may see, newest first, a page at a time by keyset. */
export async function listDeployments(actor: Actor, filter: DeploymentFilter): Promise<DeploymentPage> {
  const after = decodeCursor(filter.cursor, "record");
  const { rows } = await pool().query<Omit<DeploymentRow, "openedAt"> & { openedAt: Date }>({
    name: "list-deployments",
    text: LIST,
    values: [...filterValues(actor, filter), after?.at ?? null, after?.id ?? null, filter.limit + 1],
  });
  const page = rows.slice(0, filter.limit).map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }));
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > filter.limit && last ? encodeCursor({ at: last.openedAt, id: last.id }) : null,
  };
}

/** The values of `FITTING`. */
export function filterValues(actor: Actor, filter: Omit<DeploymentFilter, "cursor" | "limit">): unknown[] {
  return [
    teamsWhere(actor, "deployment.view"),
    filter.status ?? null,
    filter.team ?? null,
    filter.search === undefined ? null : `%${escapeLike(filter.search)}%`,
    filter.awaitingMe === true ? rolesHeld(actor) : null,
    actor.id,
    filter.service ?? null,
    now(),
    filter.mine === true,
    filter.from ?? null,
    filter.to ?? null,
    filter.serviceId ?? null,
  ];
}

/** How many records wait for a signature that the caller may give. */
export async function countAwaiting(actor: Actor): Promise<number> {
  const { rows } = await pool().query<{ count: number }>({
    name: "count-awaiting",
    text: `SELECT count(*)::int AS count FROM deployments d
            WHERE ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[])) AND ${awaitingMe({ roles: "$2", me: "$3", at: "$4" })}`,
    values: [teamsWhere(actor, "deployment.view"), rolesHeld(actor), actor.id, now()],
  });
  return rows[0]?.count ?? 0;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

// As `freezeBlockers` and `overlapsAmong` judge, for a record that has not begun.
const DATE_WARNINGS = `
  (SELECT w.reason FROM freeze_windows w
    WHERE d.t0_at IS NULL AND d.ended_at IS NULL AND w.ended_at IS NULL
      AND w.starts_at <= d.deployment_at AND d.deployment_at < w.ends_at
      AND (w.team_id IS NULL OR w.team_id = d.team_id)
      AND (w.environment IS NULL OR lower(w.environment) = lower(d.environment))
      AND NOT EXISTS (SELECT FROM freeze_lifts l WHERE l.deployment_id = d.id AND l.freeze_id = w.id)
    ORDER BY w.ends_at DESC LIMIT 1) AS freeze,
  d.t0_at IS NULL AND d.ended_at IS NULL AND EXISTS (
    SELECT FROM deployments o
     WHERE o.service_id = d.service_id AND o.id <> d.id AND o.ended_at IS NULL
       AND lower(o.environment) = lower(d.environment)
       AND coalesce(o.t0_at, o.deployment_at) > d.deployment_at - interval '${OVERLAP_HOURS} hours'
       AND coalesce(o.t0_at, o.deployment_at) < d.deployment_at + interval '${OVERLAP_HOURS} hours') AS overlaps`;

/** What a `DeploymentRow` is made of, from a record `d` and its team `t`. */
export const ROW_COLUMNS = `
       d.id, d.service_name AS service, t.name AS team, d.team_id AS "teamId", d.version, d.commit, d.environment, d.status,
       d.awaited_roles[1] AS "awaitedRole", d.awaited_roles AS "awaitedRoles", d.break_glass AS "breakGlass",
       ${isoText("d.deployment_at")} AS "deploymentAt", ${isoText("d.t0_at")} AS "t0At",
       ${isoText("d.ended_at")} AS "endedAt",
       ${isoText("d.rollback_at + make_interval(secs => 60 * (d.slo ->> 'rtoMinutes')::float)")} AS "rtoEndsAt",
       ${isoText("d.last_event_at")} AS "lastEventAt", d.opened_at AS "openedAt", d.summary,
       ${DATE_WARNINGS}`;

/** The records that a filter asks for, of those that its caller sees: `filterValues` are its values. */
export const FITTING = `
  FROM deployments d JOIN teams t ON t.id = d.team_id
 WHERE ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[]))
   AND ($2::text[] IS NULL OR d.status = ANY ($2::text[]))
   AND ($3::text IS NULL OR t.name = $3)
   AND ($4::text IS NULL OR d.service_name ILIKE $4 OR d.version ILIKE $4 OR d.commit ILIKE $4 OR d.environment ILIKE $4)
   AND ($5::text[] IS NULL OR ${awaitingMe({ roles: "$5", me: "$6", at: "$8" })})
   AND ($7::text IS NULL OR d.service_name = $7)
   AND (NOT $9::boolean OR $6::uuid IN (d.opened_by_id, d.deployed_by_id) OR EXISTS (SELECT FROM checklist_items i
         WHERE i.deployment_id = d.id AND i.owner_id = $6::uuid AND i.status = 'open'))
   AND ($10::timestamptz IS NULL OR d.deployment_at >= $10::timestamptz)
   AND ($11::timestamptz IS NULL OR d.deployment_at < $11::timestamptz)
   AND ($12::uuid IS NULL OR d.service_id = $12::uuid)`;

const LIST = `
SELECT ${ROW_COLUMNS}
${FITTING}
   AND ($13::timestamptz IS NULL OR (d.opened_at, d.id) < ($13::timestamptz, $14::uuid))
 ORDER BY d.opened_at DESC, d.id DESC
 LIMIT $15`;
