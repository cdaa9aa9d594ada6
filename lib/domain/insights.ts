import type { Instant } from "./deployment.ts";
import { DAY, laterBy } from "./time.ts";

const WEEK = 7 * DAY;

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
  /** When the last critical item of the rollback was settled; null while one is open. */
  readonly restoredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: "completed" | "rolled-back" | "cancelled" | null;
  /** It deploys again what was rolled back: the record before it is one that was. */
  readonly isRework: boolean;
  /** In the checklist's order; a phase that was left incomplete has no end. */
  readonly phases: readonly (Span & { readonly key: string; readonly title: string })[];
  /** One for each signature: from when the role was awaited to the signature. */
  readonly waits: readonly (Span & { readonly role: string; readonly title: string })[];
};

export type Span = { readonly from: Instant | null; readonly to: Instant | null };

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

/** What each measure means, and where it departs from DORA's definition: `docs/insights.md`. */
export type Insights = {
  readonly from: Instant;
  readonly weeks: readonly Week[];
  /** Deployments that reached T-0. */
  readonly deployed: number;
  /** Those in an average week of the span: DORA's deployment frequency. */
  readonly perWeek: number;
  /** Of those that reached T-0, those that neither ended nor roll back: they may still fail. */
  readonly running: number;
  /** From the opening of the record to T-0; the record does not know when the change was committed. */
  readonly leadTime: Spread | null;
  /** Of all that reached T-0, those that were rolled back: DORA's change fail rate. */
  readonly failed: number;
  /** Of all that reached T-0, those that deploy again what was rolled back: DORA's rework rate. */
  readonly reworked: number;
  /** From the rollback's trigger until its critical items were settled: DORA's failed deployment recovery time. */
  readonly recovery: Spread | null;
  readonly cancelled: number;
  readonly phases: readonly SpreadOf[];
  readonly waits: readonly SpreadOf[];
};

/** Fewer than this say little: the screens then show the figure with a word of caution. */
export const SMALL_SAMPLE = 5;

/** The last `weeks` whole weeks before the one of `now`, and that one so far: no first week is cut. */
export function insightSpan(now: Instant, weeks: number): { readonly from: Instant; readonly to: Instant } {
  return { from: laterBy(weekOf(now), -weeks * WEEK), to: now };
}

/**
 * The measures of some records between two instants: DORA's five as far as a sign-off record knows
 * them, the time in each phase, and how long each role was waited for. A record counts in the week
 * of its T-0; one that never reached it counts as cancelled or not at all.
 */
export function measure(records: readonly DeploymentFacts[], from: Instant, to: Instant): Insights {
  const deployed = records.filter(({ t0At }) => t0At !== null && t0At >= from && t0At < to);
  const failed = deployed.filter(({ rollbackAt }) => rollbackAt !== null);
  return {
    from,
    weeks: weeksOf(deployed, from, to),
    deployed: deployed.length,
    perWeek: deployed.length / ((Date.parse(to) - Date.parse(from)) / WEEK),
    running: deployed.filter(({ outcome, rollbackAt }) => outcome === null && rollbackAt === null).length,
    leadTime: spreadOf(deployed.map(({ openedAt, t0At }) => ({ from: openedAt, to: t0At }))),
    failed: failed.length,
    reworked: deployed.filter(({ isRework }) => isRework).length,
    recovery: spreadOf(failed.map(({ rollbackAt, restoredAt }) => ({ from: rollbackAt, to: restoredAt }))),
    cancelled: records.filter(
      ({ outcome, endedAt }) =>
        outcome === "cancelled" && endedAt !== null && endedAt >= from && endedAt < to,
    ).length,
    phases: spreadsBy(deployed.flatMap(({ phases }) => phases)),
    waits: spreadsBy(deployed.flatMap(({ waits }) => waits.map((wait) => ({ ...wait, key: wait.role })))),
  };
}

/** In milliseconds; null when the span has no end, or one before its beginning, as a clock put back leaves. */
export function lengthOf({ from, to }: Span): number | null {
  if (from === null || to === null || to < from) return null;
  return Date.parse(to) - Date.parse(from);
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
  for (let at = Date.parse(weekOf(from)); at < Date.parse(to); at += WEEK) {
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

function spreadOf(spans: readonly Span[]): Spread | null {
  const lengths = spans
    .map(lengthOf)
    .filter((length) => length !== null)
    .toSorted((a, b) => a - b);
  if (lengths.length === 0) return null;
  return { count: lengths.length, median: quantile(lengths, 0.5), p90: quantile(lengths, 0.9) };
}
