import type { Actor } from "#lib/domain/actor.ts";
import type { ServiceCheckGroup, ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { may, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { Status } from "#lib/domain/status.ts";
import { SERVICE_CHECK_GROUPS } from "#lib/domain/service-check-groups.ts";
import { isoText } from "#lib/db/iso-text.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { serviceChecksFromJson } from "#lib/db/service-checks-from-json.ts";

export type DeployedVersion = {
  readonly id: string;
  readonly version: string;
  readonly environment: string;
  readonly at: string;
};

export type ServiceRow = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly groups: readonly ServiceCheckGroup[];
  readonly deployments: number;
  /** What reached T-0 last, wherever it did, and was not rolled back. */
  readonly running: DeployedVersion | null;
  /** The record that was opened last; `at` is when something happened on it last. */
  readonly newest: (DeployedVersion & { readonly status: Status }) | null;
};

export type ServiceView = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly checks: ServiceChecks;
  readonly mayConfigure: boolean;
};

/** The services of the teams that the caller sees, with what runs of each and what its live checks go to. */
export async function listServices(actor: Actor): Promise<readonly ServiceRow[]> {
  const { rows } = await pool().query<Omit<ServiceRow, "groups"> & { checks: unknown }>({
    name: "list-services",
    text: SERVICES,
    values: [teamsWhere(actor, "deployment.view")],
  });
  return rows.map(({ checks, ...row }) => {
    const known = serviceChecksFromJson(checks);
    return { ...row, groups: SERVICE_CHECK_GROUPS.filter((group) => known[group] !== undefined) };
  });
}

/** One service with its addresses. Rejects with `not-found`. */
export async function getService(actor: Actor, id: string): Promise<ServiceView> {
  const service = await prisma().service.findUnique({
    where: { id },
    include: { team: { select: { name: true } } },
  });
  if (service === null || !may(actor, "deployment.view", service.teamId)) {
    throw new Rejection("not-found", "There is no such service");
  }
  return {
    id,
    name: service.name,
    team: service.team.name,
    checks: serviceChecksFromJson(service.checks),
    mayConfigure: may(actor, "service.configure", service.teamId),
  };
}

const version = (at: string) =>
  `'id', d.id, 'version', d.version, 'environment', d.environment, 'at', ${isoText(at)}`;

const SERVICES = `
SELECT s.id, s.name, t.name AS team, s.checks,
       (SELECT count(*)::int FROM deployments d WHERE d.service_id = s.id) AS deployments,
       (SELECT json_build_object(${version("d.t0_at")}) FROM deployments d
         WHERE d.service_id = s.id AND d.t0_at IS NOT NULL AND d.rollback_at IS NULL
         ORDER BY d.t0_at DESC LIMIT 1) AS running,
       (SELECT json_build_object(${version("d.last_event_at")}, 'status', d.status) FROM deployments d
         WHERE d.service_id = s.id ORDER BY d.opened_at DESC, d.id DESC LIMIT 1) AS newest
  FROM services s JOIN teams t ON t.id = s.team_id
 WHERE $1::uuid[] IS NULL OR s.team_id = ANY ($1::uuid[])
 ORDER BY s.name, s.id
 LIMIT 500`;
