import type { Actor } from "#lib/domain/actor.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { BOUND_TO_END } from "#lib/domain/freezes.ts";
import { may, mayEverywhere, teamsWhere } from "#lib/domain/policy.ts";
import { now } from "#lib/clock.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";
import { stopsRecordOf } from "#lib/db/stopped-by-freeze.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability } from "./deployment-view.ts";

export type FreezeFilter = {
  /** The exact name of a team; windows over every team are always among the answers. */
  readonly team?: string | undefined;
  readonly environment?: string | undefined;
  /** Windows that hold at any moment of this span. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
};

export type FreezeRow = {
  readonly id: string;
  /** Null: every team. */
  readonly team: string | null;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly startsAt: Instant;
  /** The first moment at which it no longer holds, also where somebody ended it before. */
  readonly endsAt: Instant;
  readonly reason: string;
  readonly createdBy: string;
  readonly endedBy: string | null;
  readonly state: "coming" | "standing" | "over" | "ended";
  readonly end: Ability;
  /** Deployments that the caller sees, planned within it and not let through; ten at most. */
  readonly stops: readonly StoppedDeployment[];
};

export type StoppedDeployment = { readonly id: string; readonly service: string; readonly version: string };

const MOST = 500;

/** The windows over the teams that the caller sees, the earliest first. */
export async function listFreezes(actor: Actor, filter: FreezeFilter): Promise<readonly FreezeRow[]> {
  const { rows } = await pool().query<Stored>({
    name: "list-freezes",
    text: LIST,
    values: [
      teamsWhere(actor, "deployment.view"),
      filter.team ?? null,
      filter.environment ?? null,
      filter.from ?? null,
      filter.to ?? null,
      MOST,
      actor.id,
    ],
  });
  const at = now();
  return rows.map(({ teamId, endedAt, isBound, ...row }) => {
    const state = stateOf(row, endedAt, at);
    return { ...row, endsAt: endedAt ?? row.endsAt, state, end: endAbility(actor, teamId, state, isBound) };
  });
}

type Stored = Omit<FreezeRow, "state" | "end"> & {
  readonly teamId: string | null;
  readonly endedAt: Instant | null;
  /** Whether the caller opened or deploys a record that it stops or stopped; false where it was ended. */
  readonly isBound: boolean;
};

function stateOf(
  { startsAt, endsAt }: Pick<Stored, "startsAt" | "endsAt">,
  endedAt: Instant | null,
  at: Instant,
): FreezeRow["state"] {
  if (endedAt !== null) return "ended";
  if (endsAt <= at) return "over";
  return startsAt > at ? "coming" : "standing";
}

function endAbility(
  actor: Actor,
  teamId: string | null,
  state: FreezeRow["state"],
  isBound: boolean,
): Ability {
  if (state === "over" || state === "ended") return refuse("It holds no longer");
  const allowed = teamId === null ? mayEverywhere(actor, "freeze.end") : may(actor, "freeze.end", teamId);
  if (!allowed) return refuse("A lead of the team or an admin ends its freeze");
  return isBound ? refuse(BOUND_TO_END) : allow;
}

// As `freezeBlockers` judges; the calendar's index finds what is planned in the window.
const STOPS = `(SELECT coalesce(json_agg(s), '[]'::json) FROM (
         SELECT d.id, d.service_name AS service, d.version FROM deployments d
          WHERE coalesce(d.t0_at, d.deployment_at) >= w.starts_at AND coalesce(d.t0_at, d.deployment_at) < w.ends_at
            AND d.t0_at IS NULL AND d.ended_at IS NULL
            AND ($1::uuid[] IS NULL OR d.team_id = ANY ($1::uuid[]))
            AND (w.team_id IS NULL OR w.team_id = d.team_id)
            AND (w.environment IS NULL OR lower(w.environment) = lower(d.environment))
            AND NOT EXISTS (SELECT FROM freeze_lifts l WHERE l.deployment_id = d.id AND l.freeze_id = w.id)
          ORDER BY coalesce(d.t0_at, d.deployment_at), d.id LIMIT 10) AS s)`;

const LIST = `
SELECT w.id, w.team_id AS "teamId", t.name AS team, w.environment, ${isoText("w.starts_at")} AS "startsAt", ${isoText("w.ends_at")} AS "endsAt",
       w.reason, w.created_by_name AS "createdBy", w.ended_by_name AS "endedBy", ${isoText("w.ended_at")} AS "endedAt",
       w.ended_at IS NULL AND ${stopsRecordOf("$7::uuid")} AS "isBound",
       CASE WHEN w.ended_at IS NULL THEN ${STOPS} ELSE '[]'::json END AS stops
  FROM freeze_windows w LEFT JOIN teams t ON t.id = w.team_id
 WHERE ($1::uuid[] IS NULL OR w.team_id IS NULL OR w.team_id = ANY ($1::uuid[]))
   AND ($2::text IS NULL OR w.team_id IS NULL OR t.name = $2)
   AND ($3::text IS NULL OR w.environment IS NULL OR lower(w.environment) = lower($3))
   AND ($4::timestamptz IS NULL OR coalesce(w.ended_at, w.ends_at) > $4::timestamptz)
   AND ($5::timestamptz IS NULL OR w.starts_at < $5::timestamptz)
 ORDER BY w.starts_at, w.id
 LIMIT $6`;
