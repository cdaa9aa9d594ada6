import type { Actor } from "#lib/domain/actor.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { STATUSES, type Status } from "#lib/domain/status.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { prisma } from "#lib/db/prisma.ts";

const DAYS_BACK = 30;
const DAYS_AHEAD = 180;
const ENTRIES_AT_MOST = 2_000;

export type CalendarEntry = {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly team: string;
  readonly at: string;
  readonly status: Status;
  /** Grows with every change of the record. */
  readonly revision: number;
  readonly changedAt: string;
};

/** The deployments that somebody may see, dated from 30 days ago until in 180 days. */
export async function calendarFeed(actor: Actor): Promise<readonly CalendarEntry[]> {
  const teams = teamsWhere(actor, "deployment.view");
  const at = now();
  const rows = await prisma().deployment.findMany({
    where: {
      stoneSeq: null,
      deploymentAt: { gte: laterBy(at, -DAYS_BACK * DAY), lte: laterBy(at, DAYS_AHEAD * DAY) },
      ...(teams === null ? {} : { teamId: { in: [...teams] } }),
    },
    include: { team: { select: { name: true } } },
    omit: { checklist: true, summary: true, slo: true, links: true },
    orderBy: [{ deploymentAt: "desc" }, { id: "asc" }],
    take: ENTRIES_AT_MOST,
  });
  return rows.map(
    ({ id, serviceName, version, environment, team, deploymentAt, status, revision, ...row }) => ({
      id,
      service: serviceName,
      version,
      environment,
      team: team.name,
      at: deploymentAt.toISOString(),
      status: STATUSES.find((known) => known === status) ?? "in-progress",
      revision,
      changedAt: row.lastEventAt.toISOString(),
    }),
  );
}
