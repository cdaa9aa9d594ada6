import type { Instant } from "./deployment.ts";
import { DAY } from "./time.ts";

/** What a deployment record says about time, once read from the database. */
export type DeploymentFacts = {
  readonly id: string;
  readonly service: string;
  readonly team: string;
  readonly environment: string;
  readonly version: string;
  readonly openedAt: Instant;
  readonly t0At: Instant | null;
  readonly rollbackAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: "completed" | "rolled-back" | "cancelled" | null;
  /** In the checklist's order; a phase that was left incomplete has no end. */
  readonly phases: readonly (Span & { readonly key: string; readonly title: string })[];
  /** One for each signature: from when the role was awaited to the signature. */
  readonly waits: readonly (Span & { readonly role: string; readonly title: string })[];
};

type Span = { readonly from: Instant | null; readonly to: Instant | null };

/** The middle and the slow end of some spans, in milliseconds, and from how many they are. */
export type Spread = { readonly count: number; readonly median: number; readonly p90: number };

export type SpreadOf = { readonly key: string; readonly title: string; readonly spread: Spread };

/** A week from Monday, UTC, by what became of the deployments that reached T-0 in it. */
export type Week = {
  readonly from: Instant;
  readonly completed: number;
  readonly rolledBack: number;
  readonly running: number;
};

export type Insights = {
  readonly weeks: readonly Week[];
  /** Deployments that reached T-0: the measure called deployment frequency. */
  readonly deployed: number;
  /** From the opening of the record to T-0; the record does not know when the change was written. */
  readonly leadTime: Spread | null;
  /** Of the deployments that reached T-0 and ended or roll back, those that were rolled back. */
  readonly changeFailures: { readonly failed: number; readonly judged: number };
  /** From the rollback's trigger to the end of the rollback. */
  readonly recovery: Spread | null;
  readonly cancelled: number;
  readonly phases: readonly SpreadOf[];
  readonly waits: readonly SpreadOf[];
};

/** Fewer than this say little: the screens then show the figure with a word of caution. */
export const SMALL_SAMPLE = 5;

/**
 * The measures of some records between two instants: DORA's four as far as a sign-off record knows
 * them, the time in each phase, and how long each role was waited for. A record counts in the week
 * of its T-0; one that never reached it counts as cancelled or not at all.
 */
export function measure(records: readonly DeploymentFacts[], from: Instant, to: Instant): Insights {
  const deployed = records.filter(({ t0At }) => t0At !== null && t0At >= from && t0At < to);
  const judged = deployed.filter(({ outcome, rollbackAt }) => outcome !== null || rollbackAt !== null);
  const failed = deployed.filter(({ rollbackAt }) => rollbackAt !== null);
  return {
    weeks: weeksOf(deployed, from, to),
    deployed: deployed.length,
    leadTime: spreadOf(deployed.map(({ openedAt, t0At }) => ({ from: openedAt, to: t0At }))),
    changeFailures: { failed: failed.length, judged: judged.length },
    recovery: spreadOf(failed.map(({ rollbackAt, endedAt }) => ({ from: rollbackAt, to: endedAt }))),
    cancelled: records.filter(
      ({ outcome, endedAt }) =>
        outcome === "cancelled" && endedAt !== null && endedAt >= from && endedAt < to,
    ).length,
    phases: spreadsBy(deployed.flatMap(({ phases }) => phases)),
    waits: spreadsBy(deployed.flatMap(({ waits }) => waits.map((wait) => ({ ...wait, key: wait.role })))),
  };
}

/** The value below which `share` (0 to 1) of the sorted values lie, interpolated between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** The Monday, 00:00 UTC, of an instant's week. */
export function weekOf(instant: Instant): Instant {
  const midnight = Date.parse(`${instant.slice(0, 10)}T00:00:00.000Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return new Date(midnight - sinceMonday * DAY).toISOString();
}

function weeksOf(deployed: readonly DeploymentFacts[], from: Instant, to: Instant): readonly Week[] {
  const byWeek = Map.groupBy(deployed, ({ t0At }) => weekOf(t0At ?? from));
  const weeks: Week[] = [];
  for (let at = Date.parse(weekOf(from)); at < Date.parse(to); at += 7 * DAY) {
    const week = new Date(at).toISOString();
    const of = byWeek.get(week) ?? [];
    const rolledBack = of.filter(({ rollbackAt }) => rollbackAt !== null).length;
    const completed = of.filter(
      ({ outcome, rollbackAt }) => outcome === "completed" && rollbackAt === null,
    ).length;
    weeks.push({ from: week, completed, rolledBack, running: of.length - completed - rolledBack });
  }
  return weeks;
}

function spreadsBy(spans: readonly (Span & { key: string; title: string })[]): readonly SpreadOf[] {
  return [...Map.groupBy(spans, ({ key }) => key)].flatMap(([key, of]) => {
    const spread = spreadOf(of);
    return spread === null ? [] : [{ key, title: of[0]?.title ?? key, spread }];
  });
}

/** Spans without an end do not count; one that ends before it begins, when a phase was reopened, is none. */
function spreadOf(spans: readonly Span[]): Spread | null {
  const lengths = spans
    .flatMap(({ from, to }) =>
      from === null || to === null ? [] : [Math.max(0, Date.parse(to) - Date.parse(from))],
    )
    .toSorted((a, b) => a - b);
  if (lengths.length === 0) return null;
  return { count: lengths.length, median: quantile(lengths, 0.5), p90: quantile(lengths, 0.9) };
}
