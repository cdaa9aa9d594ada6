import type { Instant } from "./deployment.ts";
import { DAY, HOUR, laterBy } from "./time.ts";

/** A day without a zone, `YYYY-MM-DD`. */
export type Day = string;

export const CALENDAR_SPANS = ["month", "week"] as const;

export type CalendarSpan = (typeof CALENDAR_SPANS)[number];

/** The day on which a moment falls in a zone (an IANA name). */
export function dayIn(zone: string, instant: Instant): Day {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `14:30`, as the clocks of a zone show a moment. */
export function timeIn(zone: string, instant: Instant): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(
    new Date(instant),
  );
}

/** The days that a calendar shows around one: its week from Monday on, or the whole weeks of its month. */
export function daysShown(span: CalendarSpan, day: Day): readonly Day[] {
  if (span === "week") return run(mondayOf(day), 7);
  const first = mondayOf(`${day.slice(0, 7)}-01`);
  const after = mondayOf(addDays(stepDay("month", `${day.slice(0, 7)}-01`, 1), 6));
  return run(first, (noon(after) - noon(first)) / DAY);
}

/** The day to go on to: a week later or earlier, or the first of another month. */
export function stepDay(span: CalendarSpan, day: Day, by: 1 | -1): Day {
  if (span === "week") return addDays(day, 7 * by);
  const moment = new Date(noon(`${day.slice(0, 7)}-01`));
  moment.setUTCMonth(moment.getUTCMonth() + by);
  return moment.toISOString().slice(0, 10);
}

/** Moments that lie around these days in every zone. */
export function spanAround(days: readonly Day[]): { readonly from: Instant; readonly to: Instant } {
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return { from: laterBy(`${first}T00:00:00.000Z`, -DAY), to: laterBy(`${last}T00:00:00.000Z`, 2 * DAY) };
}

/** Whether clocks of this name exist: an IANA zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Two deployments of one service to one environment whose beginnings lie closer than this overlap. */
export const OVERLAP_HOURS = 24;

export type Planned = {
  readonly id: string;
  readonly serviceId: string;
  readonly environment: string;
  /** T-0, or the date it is planned for. */
  readonly at: Instant;
  readonly endedAt: Instant | null;
  readonly cancelled: boolean;
};

/** Of each deployment, those that it overlaps with; one that ended before the other began does not count. */
export function overlapsAmong(planned: readonly Planned[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const groups = Object.groupBy(
    planned.filter(({ cancelled }) => !cancelled),
    ({ serviceId, environment }) => `${serviceId} ${environment.toLowerCase()}`,
  );
  for (const group of Object.values(groups)) {
    for (const one of group ?? []) {
      const others = (group ?? []).filter((other) => other !== one && overlap(one, other));
      if (others.length > 0)
        found.set(
          one.id,
          others.map(({ id }) => id),
        );
    }
  }
  return found;
}

function overlap(one: Planned, other: Planned): boolean {
  const [first, second] = one.at <= other.at ? [one, other] : [other, one];
  if (first.endedAt !== null && first.endedAt <= second.at) return false;
  return second.at < laterBy(first.at, OVERLAP_HOURS * HOUR);
}

function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(noon(day)).getUTCDay() + 6) % 7));
}

function addDays(day: Day, days: number): Day {
  return new Date(noon(day) + days * DAY).toISOString().slice(0, 10);
}

function run(first: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

function noon(day: Day): number {
  return Date.parse(`${day}T12:00:00.000Z`);
}
