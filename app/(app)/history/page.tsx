import { cursorInAddress } from "#lib/queries/cursor.ts";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { mayEverywhere, maySomewhere } from "#lib/domain/policy.ts";
import { historyChoices } from "#lib/queries/history-choices.ts";
import { proofState } from "#lib/queries/proof-state.ts";
import { listSavedViews } from "#lib/queries/saved-views.ts";
import { searchEvents } from "#lib/queries/list-events.ts";
import { EventFilters } from "#components/history/event-filters.tsx";
import { EventList } from "#components/history/event-list.tsx";
import { NoEvents } from "#components/history/no-events.tsx";
import { ProofLine } from "#components/history/proof-line.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { exportFold } from "#components/history/export-fold.tsx";
import { SavedViews } from "#components/saved-views/saved-views.tsx";
import { filtersFold } from "#components/shell/filters.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { daysOf, paramsOf, queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { PhoneFolds } from "#components/ui/phone-folds.tsx";
import { Panel } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "History" };

const PAGE = 50;

export default async function HistoryPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/history");
  if (!maySomewhere(actor, "history.search")) notFound();
  const query = await queryOf(searchParams, ["text", "type", "actor", "service", "from", "to", "cursor"]);
  const [page, choices, views, proof] = await Promise.all([
    searchEvents(actor, {
      text: query.text?.slice(0, 200),
      type: query.type,
      actorId: query.actor,
      service: query.service,
      ...daysOf(query),
      cursor: cursorInAddress(query.cursor, "event"),
      limit: PAGE,
    }),
    historyChoices(actor),
    listSavedViews(actor, "history"),
    maySomewhere(actor, "history.verify") ? proofState(actor) : null,
  ]);
  const next = new URLSearchParams({ ...query, cursor: page.nextCursor ?? "" });
  const { cursor: _place, ...filters } = query;
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="History"
        description="Everything that happened on every record you may read, newest first, in UTC."
        actions={
          <>
            {maySomewhere(actor, "access-log.view") && <ButtonLink href="/access">Access log</ButtonLink>}
            {mayEverywhere(actor, "retention.view") && <ButtonLink href="/retention">Retention</ButtonLink>}
          </>
        }
      />
      <RefreshOnChange />
      <PhoneFolds
        lead={proof && <ProofLine state={proof} now={now()} />}
        folds={[
          exportFold("Export these events", downloadsOf(filters)),
          filtersFold(filters, <EventFilters action="/history" query={query} {...choices} />),
        ]}
      />
      <SavedViews page="history" views={views} query={String(new URLSearchParams(filters))} />
      <Panel className="overflow-hidden">
        {page.events.length === 0 ? (
          <NoEvents query={query} all="/history" />
        ) : (
          <EventList key={query.cursor} events={page.events} withDeployment />
        )}
      </Panel>
      <Pagination
        label="Pages of events"
        previousHref={query.cursor && "/history"}
        nextHref={page.nextCursor === null ? undefined : `/history?${next}`}
      />
    </PageContainer>
  );
}

function downloadsOf(filters: Partial<Record<string, string>>) {
  const given = { ...filters, ...daysOf(filters) };
  return (["csv", "jsonl"] as const).map((format) => ({
    href: `/api/v1/events/export?${paramsOf({ ...given, format })}`,
    label: FORMAT_TITLES[format],
  }));
}

const FORMAT_TITLES = { csv: "CSV", jsonl: "JSON Lines" } as const;
