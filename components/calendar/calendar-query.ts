import { CALENDAR_SPANS, dayIn, type CalendarSpan, type Day } from "#lib/domain/calendar.ts";

export type CalendarQuery = {
  readonly span: CalendarSpan;
  readonly day: Day;
  /** Whether the address names the day; without one it is today. */
  readonly isToday: boolean;
  readonly team?: string | undefined;
  readonly environment?: string | undefined;
};

/** What an address asks for; a span or a day that is none is left out. */
export function calendarQuery(
  { span, day, team, environment }: Partial<Record<"span" | "day" | "team" | "environment", string>>,
  now: string,
): CalendarQuery {
  const known = CALENDAR_SPANS.find((candidate) => candidate === span) ?? "month";
  const given = day !== undefined && isDay(day) ? day : null;
  return { span: known, day: given ?? dayIn("UTC", now), isToday: given === null, team, environment };
}

/** The address of a calendar; `day` null leads to today. */
export function calendarHref(
  query: CalendarQuery,
  change: { readonly span?: CalendarSpan; readonly day?: Day | null } = {},
): string {
  const { span, day, isToday, team, environment } = query;
  const shown = isToday ? null : day;
  const params = {
    span: change.span ?? span,
    day: change.day === undefined ? shown : change.day,
    team,
    environment,
  };
  const given = Object.entries(params).flatMap(([key, value]) =>
    value == null || (key === "span" && value === "month") ? [] : [[key, value]],
  );
  return given.length === 0 ? "/calendar" : `/calendar?${new URLSearchParams(given)}`;
}

function isDay(text: string): boolean {
  if (!/^2[01]\d\d-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T12:00:00.000Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
