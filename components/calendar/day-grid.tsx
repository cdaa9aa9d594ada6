"use client";

import { dayIn, type CalendarSpan, type Day } from "#lib/domain/calendar.ts";
import type { CalendarEntry } from "#lib/queries/calendar.ts";
import type { FreezeRow } from "#lib/queries/list-freezes.ts";
import { cn } from "#components/ui/class-names.ts";
import { Panel } from "#components/ui/panel.tsx";
import { CalendarEntryLink } from "./calendar-entry-link.tsx";
import { CalendarLegend } from "./calendar-legend.tsx";
import { FreezeBands } from "./freeze-bands.tsx";
import { freezeLanes } from "./freeze-lanes.ts";
import { useTimeZone } from "#components/clock/use-time-zone.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type DayGridProps = {
  readonly days: readonly Day[];
  readonly span: CalendarSpan;
  /** `YYYY-MM` of the month that is meant; days of others are paler. */
  readonly month: string;
  readonly entries: readonly CalendarEntry[];
  readonly freezes: readonly FreezeRow[];
  readonly now: string;
};

/** The days in the reader's zone: seven columns where there is room, a list of days with something on a phone. */
export function DayGrid({ days, span, month, entries, freezes, now }: DayGridProps) {
  const zone = useTimeZone();
  const today = dayIn(zone, now);
  const byDay = Map.groupBy(entries, ({ at }) => dayIn(zone, at));
  const lanes = freezeLanes(freezes, days, zone);
  const begins = (day: Day) =>
    lanes
      .of(day)
      .some((freeze) => freeze !== null && (dayIn(zone, freeze.startsAt) === day || day === days[0]));
  const shown = days.filter((day) => byDay.has(day) || day === today || begins(day));
  return (
    <section aria-label="Days" className="grid gap-1.5">
      <Panel className="overflow-hidden">
        <div aria-hidden="true" className="hidden grid-cols-7 border-b border-line md:grid">
          {WEEKDAYS.map((weekday) => (
            <span key={weekday} className="microlabel px-2 py-1.5">
              {weekday}
            </span>
          ))}
        </div>
        <ol className="divide-y divide-line md:grid md:grid-cols-7 md:divide-y-0">
          {days.map((day, index) => (
            <li
              key={day}
              className={cn(
                "grid min-w-0 content-start gap-1 py-1.5 max-md:px-3",
                "md:border-line md:[&:not(:nth-child(7n))]:border-r md:[&:nth-child(n+8)]:border-t",
                isShort(days, index, today, byDay)
                  ? "md:min-h-11"
                  : span === "month"
                    ? "md:min-h-28"
                    : "md:min-h-64",
                span === "month" && !day.startsWith(month) && "md:bg-canvas",
                !shown.includes(day) && "max-md:hidden",
              )}
            >
              <DayName day={day} isToday={day === today} />
              <FreezeBands lanes={lanes.of(day)} day={day} zone={zone} startsRow={index % 7 === 0} />
              <ul className="grid gap-0.5 md:px-1">
                {byDay.get(day)?.map((entry) => (
                  <li key={entry.id} className="min-w-0">
                    <CalendarEntryLink
                      entry={entry}
                      zone={zone}
                      roomy={span === "week"}
                      frozen={isFrozen(entry, freezes)}
                    />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
        {shown.length === 0 && (
          <p className="px-4 py-8 text-center text-ink-muted md:hidden">Nothing is planned here.</p>
        )}
      </Panel>
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-1">
        <CalendarLegend entries={entries} frozen={entries.some((entry) => isFrozen(entry, freezes))} />
        <p className="text-sm text-ink-faint">
          Times in your zone, {zone.replaceAll("_", " ")}.
          {teamZones(entries)
            .filter(({ zone: own }) => own !== zone)
            .map(({ team, zone: own }) => ` ${team} is in ${own.replaceAll("_", " ")}.`)
            .join("")}
        </p>
      </div>
    </section>
  );
}

function DayName({ day, isToday }: { day: Day; isToday: boolean }) {
  const date = new Date(`${day}T12:00:00.000Z`);
  const long = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(date);
  return (
    <h3 className="md:px-2">
      <time
        dateTime={day}
        aria-current={isToday ? "date" : undefined}
        className={cn(
          "text-sm tabular-nums",
          isToday
            ? "inline-block rounded-sm bg-action px-1.5 font-semibold text-on-action"
            : "text-ink-muted",
        )}
      >
        <span className="md:hidden">{long}</span>
        <span aria-hidden="true" className="max-md:hidden">
          {Number(day.slice(8))}
        </span>
        <span className="sr-only max-md:hidden">{long}</span>
      </time>
    </h3>
  );
}

/** A week that is over and had nothing in it needs no room. */
function isShort(
  days: readonly Day[],
  index: number,
  today: Day,
  byDay: ReadonlyMap<Day, readonly CalendarEntry[]>,
): boolean {
  const start = index - (index % 7);
  return days.slice(start, start + 7).every((day) => day < today && !byDay.has(day));
}

/** Whether a window that holds covers what has not begun and is not cancelled. */
function isFrozen(entry: CalendarEntry, freezes: readonly FreezeRow[]): boolean {
  return (
    !entry.begun &&
    entry.status !== "cancelled" &&
    freezes.some(
      ({ state, team, environment, startsAt, endsAt }) =>
        state !== "ended" &&
        (team === null || team === entry.team) &&
        (environment === null || environment.toLowerCase() === entry.environment.toLowerCase()) &&
        startsAt <= entry.at &&
        entry.at < endsAt,
    )
  );
}

function teamZones(entries: readonly CalendarEntry[]) {
  const zones = new Map(entries.map(({ team, zone }) => [team, zone]));
  return [...zones].map(([team, zone]) => ({ team, zone })).toSorted((a, b) => a.team.localeCompare(b.team));
}
