import Link from "next/link";
import { CALENDAR_SPANS, daysShown, stepDay } from "#lib/domain/calendar.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { segmentLook, segmentsLook } from "#components/ui/segment-look.ts";
import { calendarHref, type CalendarQuery } from "./calendar-query.ts";

const TITLES = { month: "Month", week: "Week" } as const;

/** Where in time the calendar is, and the ways on from there; each is an address of its own. */
export function CalendarToolbar({ query }: { query: CalendarQuery }) {
  const { span, day } = query;
  const word = TITLES[span].toLowerCase();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 max-sm:contents">
      <div className="flex items-center gap-1">
        <ButtonLink
          href={calendarHref(query, { day: stepDay(span, day, -1) })}
          size="icon"
          aria-label={`Previous ${word}`}
          aria-keyshortcuts="["
          title="["
        >
          <Icon name="chevron-left" />
        </ButtonLink>
        <ButtonLink href={calendarHref(query, { day: null })} aria-keyshortcuts="t" title="t">
          Today
        </ButtonLink>
        <ButtonLink
          href={calendarHref(query, { day: stepDay(span, day, 1) })}
          size="icon"
          aria-label={`Next ${word}`}
          aria-keyshortcuts="]"
          title="]"
        >
          <Icon name="chevron-right" />
        </ButtonLink>
      </div>
      <h2 className="text-lg font-semibold tabular-nums sm:min-w-44">{titleOf(query)}</h2>
      <nav aria-label="Span" className={segmentsLook}>
        {CALENDAR_SPANS.map((one) => (
          <Link
            key={one}
            href={asRoute(calendarHref(query, { span: one }))}
            className={segmentLook}
            aria-current={one === span ? "true" : undefined}
          >
            {TITLES[one]}
          </Link>
        ))}
      </nav>
    </div>
  );
}

function titleOf({ span, day }: CalendarQuery): string {
  if (span === "month")
    return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
      new Date(`${day}T12:00:00.000Z`),
    );
  const days = daysShown("week", day);
  const [first = day, last = day] = [days[0], days.at(-1)];
  return `${Number(first.slice(8))} – ${formatDate(Date.parse(last))}`;
}
