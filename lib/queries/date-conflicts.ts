import type { Actor } from "#lib/domain/actor.ts";
import { OVERLAP_HOURS } from "#lib/domain/calendar.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";
import { listFreezes, type FreezeRow } from "./list-freezes.ts";

export type DatePlan = {
  /** The exact names of a team and a service of it, which may be new. */
  readonly team: string;
  readonly service: string;
  readonly environment: string;
  readonly at: Instant;
};

export type DateConflicts = {
  readonly freezes: readonly FreezeRow[];
  readonly overlaps: readonly { readonly id: string; readonly version: string; readonly at: Instant }[];
};

/** What a date would meet: freezes that cover it, and deployments of the service less than a day away. */
export async function dateConflicts(actor: Actor, plan: DatePlan): Promise<DateConflicts> {
  const { team, service, environment, at } = plan;
  const [freezes, overlaps] = await Promise.all([
    listFreezes(actor, { team, environment, from: at, to: laterBy(at, 1) }),
    pool().query<DateConflicts["overlaps"][number]>({
      name: "date-overlaps",
      text: OVERLAPS,
      values: [
        teamsWhere(actor, "deployment.view"),
        team,
        service,
        environment,
        laterBy(at, -OVERLAP_HOURS * HOUR),
        laterBy(at, OVERLAP_HOURS * HOUR),
      ],
    }),
  ]);
  return { freezes: freezes.filter(({ state }) => state !== "ended"), overlaps: overlaps.rows };
}

const OVERLAPS = `
SELECT d.id, d.version, ${isoText("coalesce(d.t0_at, d.deployment_at)")} AS at
  FROM deployments d JOIN teams t ON t.id = d.team_id
 WHERE ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[]))
   AND t.name = $2 AND d.service_name = $3 AND lower(d.environment) = lower($4) AND d.ended_at IS NULL
   AND coalesce(d.t0_at, d.deployment_at) > $5::timestamptz AND coalesce(d.t0_at, d.deployment_at) < $6::timestamptz
 ORDER BY 3, 1
 LIMIT 20`;
