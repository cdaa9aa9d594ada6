import type { Metadata } from "next";
import { Suspense } from "react";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { daysShown, spanAround } from "#lib/domain/calendar.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { viewCalendar } from "#lib/queries/calendar.ts";
import { freezeTeams } from "#lib/queries/freeze-teams.ts";
import { filterChoices } from "#lib/queries/history-choices.ts";
import { listFreezes } from "#lib/queries/list-freezes.ts";
import { CalendarFilters } from "#components/calendar/calendar-filters.tsx";
import { CalendarKeys } from "#components/calendar/calendar-keys.tsx";
import { calendarHref, calendarQuery, type CalendarQuery } from "#components/calendar/calendar-query.ts";
import { CalendarToolbar } from "#components/calendar/calendar-toolbar.tsx";
import { DayGrid } from "#components/calendar/day-grid.tsx";
import { CreateFreezeButton } from "#components/freezes/create-freeze-button.tsx";
import { FreezeTable } from "#components/freezes/freeze-table.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { LoadingRows } from "#components/shell/loading-rows.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Calendar" };

/** Deployments by date, and the spans in which nothing begins. */
export default async function CalendarPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/calendar");
  const at = now();
  const query = calendarQuery(await queryOf(searchParams, ["span", "day", "team", "environment"]), at);
  const choices = await filterChoices(actor, "deployment.view");
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader title="Calendar" description="Deployments by their T-0, planned or begun." />
      <RefreshOnChange />
      <CalendarKeys query={query} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <CalendarToolbar query={query} />
        <CalendarFilters query={query} choices={choices} />
      </div>
      <Suspense key={calendarHref(query)} fallback={<LoadingRows label="Loading the calendar" />}>
        {/* Together, so that the days never push down what is read below them. */}
        <Days actor={actor} query={query} at={at} />
        <Freezes actor={actor} query={query} at={at} />
      </Suspense>
    </PageContainer>
  );
}

type PartProps = { readonly actor: Actor; readonly query: CalendarQuery; readonly at: string };

async function Days({ actor, query, at }: PartProps) {
  const { span, day, team, environment } = query;
  const days = daysShown(span, day);
  const filter = { ...spanAround(days), team, environment };
  const [{ entries, truncated }, freezes] = await Promise.all([
    viewCalendar(actor, filter),
    listFreezes(actor, filter),
  ]);
  return (
    <>
      {truncated && (
        <Notice tone="attention" title="More deployments than are shown here">
          The first 1,000 are. Choose a team, an environment or a week.
        </Notice>
      )}
      <DayGrid days={days} span={span} month={day.slice(0, 7)} entries={entries} freezes={freezes} now={at} />
    </>
  );
}

async function Freezes({ actor, query, at }: PartProps) {
  const { team, environment } = query;
  const [freezes, choices] = await Promise.all([
    listFreezes(actor, { team, environment, from: at }),
    maySomewhere(actor, "freeze.manage") ? freezeTeams(actor) : null,
  ]);
  return (
    <Panel id="freezes" aria-labelledby="freeze-windows" className="scroll-mt-4">
      <PanelHeader
        id="freeze-windows"
        title="Active and planned freezes"
        description="No deployment begins at T-0 in a freeze, unless a team lead lets it through."
        actions={choices !== null && <CreateFreezeButton choices={choices} now={at} />}
      />
      {freezes.length === 0 ? (
        <p className="px-4 py-3 text-ink-muted">No freeze is active or planned.</p>
      ) : (
        <FreezeTable freezes={freezes} now={at} />
      )}
    </Panel>
  );
}
