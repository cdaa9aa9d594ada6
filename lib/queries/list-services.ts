import type { Actor } from "#lib/domain/actor.ts";
import type { ServiceCheckGroup, ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { may, teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { SERVICE_CHECK_GROUPS } from "#lib/domain/service-check-groups.ts";
import { prisma } from "#lib/db/prisma.ts";
import { serviceChecksFromJson } from "#lib/db/service-checks-from-json.ts";

export type ServiceRow = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly groups: readonly ServiceCheckGroup[];
  readonly deployments: number;
};

export type ServiceView = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly checks: ServiceChecks;
  readonly mayConfigure: boolean;
};

/** The services of the teams that the caller sees, with what their live checks go to. */
export async function listServices(actor: Actor): Promise<readonly ServiceRow[]> {
  const teams = teamsWhere(actor, "deployment.view");
  const services = await prisma().service.findMany({
    where: teams === null ? {} : { teamId: { in: [...teams] } },
    include: { team: { select: { name: true } }, _count: { select: { deployments: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 500,
  });
  return services.map(({ id, name, team, checks, _count }) => {
    const known = serviceChecksFromJson(checks);
    const groups = SERVICE_CHECK_GROUPS.filter((group) => known[group] !== undefined);
    return { id, name, team: team.name, groups, deployments: _count.deployments };
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
