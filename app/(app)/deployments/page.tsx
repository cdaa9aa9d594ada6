import { cursorInAddress } from "#lib/queries/cursor.ts";
import type { Metadata } from "next";
import { Suspense } from "react";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { countFitting, COUNTED_AT_MOST, listBoard } from "#lib/queries/board.ts";
import { listSavedViews } from "#lib/queries/saved-views.ts";
import { visibleTeams } from "#lib/queries/team-names.ts";
import { BoardFilters } from "#components/board/board-filters.tsx";
import { BOARD_FILTERS, filterFrom, type BoardQuery } from "#components/board/board-query.ts";
import { DeploymentsTable } from "#components/board/deployments-table.tsx";
import { LoadingRows } from "#components/shell/loading-rows.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { SavedViews } from "#components/saved-views/saved-views.tsx";
import { Filters } from "#components/shell/filters.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { paramsOf, queryOf, type SearchParams } from "#components/shell/search-params.ts";

export const metadata: Metadata = { title: "Board" };

const PAGE = 25;

export default async function BoardPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await queryOf(searchParams, [...BOARD_FILTERS, "cursor"]);
  const actor = await actorForPage("/deployments");
  const [teams, views] = await Promise.all([visibleTeams(actor), listSavedViews(actor, "board")]);
  const mayOpen = maySomewhere(actor, "deployment.open");
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Deployments"
        actions={
          mayOpen && (
            <ButtonLink href="/deployments/new" variant="primary">
              <Icon name="plus" />
              New deployment
            </ButtonLink>
          )
        }
      />
      <RefreshOnChange />
      <Filters query={filtersOf(query)}>
        <BoardFilters query={filtersOf(query)} teams={teams} />
      </Filters>
      <div className="-my-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1 has-[>p:only-child:empty]:hidden">
        <SavedViews page="board" views={views} query={paramsOf(filtersOf(query)).toString()} />
        <p role="status" className="text-sm text-ink-muted tabular-nums">
          <Suspense
            key={hrefOf(query, undefined)}
            fallback={<span className="noscript:hidden">Counting…</span>}
          >
            <Count actor={actor} query={query} />
          </Suspense>
        </p>
      </div>
      <Suspense key={hrefOf(query, query.cursor)} fallback={<LoadingRows label="Loading deployments" />}>
        <Rows actor={actor} query={query} mayOpen={mayOpen} />
      </Suspense>
    </PageContainer>
  );
}

type RowsProps = {
  readonly actor: Actor;
  readonly query: BoardQuery & { readonly cursor?: string };
  readonly mayOpen: boolean;
};

async function Count({ actor, query }: Pick<RowsProps, "actor" | "query">) {
  const count = await countFitting(actor, filterFrom(query, now()));
  const words = count > COUNTED_AT_MOST ? `More than ${COUNTED_AT_MOST}` : count;
  const filtered = Object.values(filtersOf(query)).some((value) => value !== undefined);
  if (count === 0 && !filtered) return null;
  return (
    <>
      {words} {count === 1 ? "deployment" : "deployments"}
      {filtered && (count === 1 ? " fits the filters" : " fit the filters")}
      {!filtered && count > 1 && ", the most urgent first"}
    </>
  );
}

async function Rows({ actor, query, mayOpen }: RowsProps) {
  const { rows, nextCursor } = await listBoard(actor, {
    ...filterFrom(query, now()),
    cursor: cursorInAddress(query.cursor, "board"),
    limit: PAGE,
  });
  return (
    <>
      <Panel>
        {rows.length === 0 ? (
          <Nothing query={query} mayOpen={mayOpen} />
        ) : (
          <DeploymentsTable rows={rows} now={now()} label="Deployments" />
        )}
      </Panel>
      <Pagination
        label="Pages of deployments"
        previousHref={query.cursor === undefined ? undefined : hrefOf(query, undefined)}
        nextHref={nextCursor === null ? undefined : hrefOf(query, nextCursor)}
      />
    </>
  );
}

function Nothing({ query, mayOpen }: { query: BoardQuery; mayOpen: boolean }) {
  if (Object.values(filtersOf(query)).some((value) => value !== undefined)) {
    return (
      <EmptyState
        icon="filter"
        title="Nothing matches"
        action={<ButtonLink href="/deployments">Clear the filters</ButtonLink>}
      >
        No deployment that you may see fits these filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="deploy"
      title="No deployments yet"
      action={
        mayOpen && (
          <ButtonLink href="/deployments/new" variant="primary">
            Open the first deployment
          </ButtonLink>
        )
      }
    >
      {mayOpen
        ? "A deployment is one record: a service, a version, a date, and its checklist."
        : "A team lead opens the first one."}
    </EmptyState>
  );
}

function filtersOf(query: BoardQuery): BoardQuery {
  return Object.fromEntries(BOARD_FILTERS.map((name) => [name, query[name] || undefined]));
}

// Keyset pages lead forward; back is the first page, or the browser's own way.
function hrefOf(query: BoardQuery, cursor: string | undefined): string {
  const params = paramsOf({ ...filtersOf(query), cursor });
  return `/deployments${params.size === 0 ? "" : `?${params}`}`;
}
