import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { NOTICE } from "#lib/domain/retention-span.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { overdueRecords } from "#lib/db/overdue-records.ts";
import { prisma } from "#lib/db/prisma.ts";
import { loadRemovals } from "#lib/db/stones.ts";
import type { Stone } from "#lib/domain/stones.ts";

const SHOWN = 100;
const NAMED = 5;

/** What another span would remove of what stands now, as soon as it counts. */
export type RetentionPreview = {
  /** Null: everything is kept. */
  readonly days: number | null;
  readonly count: number;
  /** The oldest few. */
  readonly titles: readonly string[];
};

export type RetentionState = {
  /** Null: everything is kept. */
  readonly days: number | null;
  /** What the next round of the clock removes, oldest first; the first hundred. */
  readonly due: readonly { readonly id: string; readonly title: string; readonly endedAt: string }[];
  readonly held: readonly { readonly id: string; readonly title: string; readonly reason: string }[];
  /** Newest first; the last hundred. */
  readonly stones: readonly Stone[];
};

/** How retention stands: the span, what is due, what is held, what went. For admins and auditors of all teams. */
export async function retentionState(actor: Actor): Promise<RetentionState> {
  if (!mayEverywhere(actor, "retention.view"))
    throw new Rejection("forbidden", "Admins and auditors of all teams see how retention stands");
  const { retentionDays: days } = await prisma().installation.findUniqueOrThrow({
    where: { id: INSTALLATION_ID },
  });
  const [due, held, removals] = await Promise.all([
    overdueRecords(now(), SHOWN),
    prisma().deployment.findMany({
      where: { legalHoldAt: { not: null } },
      select: { id: true, serviceName: true, version: true, legalHoldReason: true },
      orderBy: { legalHoldAt: "asc" },
      take: SHOWN,
    }),
    loadRemovals(),
  ]);
  return {
    days,
    due: due.map(({ id, service, version, endedAt }) => ({
      id,
      title: `${service} ${version}`,
      endedAt: endedAt.toISOString(),
    })),
    held: held.map(({ id, serviceName, version, legalHoldReason }) => ({
      id,
      title: `${serviceName} ${version}`,
      reason: legalHoldReason ?? "",
    })),
    stones: [...removals.values()]
      .map(({ stone }) => stone)
      .toSorted((a, b) => b.seq - a.seq)
      .slice(0, SHOWN),
  };
}

/** What would be removed if content were kept for so many days. For admins and auditors of all teams. */
export async function previewRetention(actor: Actor, days: number | null): Promise<RetentionPreview> {
  if (!mayEverywhere(actor, "retention.view"))
    throw new Rejection("forbidden", "Admins and auditors of all teams see how retention stands");
  if (days === null) return { days, count: 0, titles: [] };
  const where = overdueIn(NOTICE, days);
  const [count, oldest] = await Promise.all([
    prisma().deployment.count({ where }),
    prisma().deployment.findMany({
      where,
      select: { serviceName: true, version: true },
      orderBy: { endedAt: "asc" },
      take: NAMED,
    }),
  ]);
  return { days, count, titles: oldest.map(({ serviceName, version }) => `${serviceName} ${version}`) };
}

// See `overdueRecords`, for the span that counts.
function overdueIn(wait: number, days: number) {
  return { endedAt: { lte: laterBy(now(), wait - days * DAY) }, legalHoldAt: null, stoneSeq: null };
}
