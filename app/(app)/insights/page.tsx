import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { SMALL_SAMPLE } from "#lib/domain/insights.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { insightQuery } from "#lib/api/schemas/parameters.ts";
import { filterChoices } from "#lib/queries/history-choices.ts";
import { viewInsights, type InsightsView } from "#lib/queries/view-insights.ts";
import { Downloads } from "#components/history/downloads.tsx";
import { InsightFilters } from "#components/insights/insight-filters.tsx";
import { ItemRatesList } from "#components/insights/item-rates-list.tsx";
import { MeasureDefinitions } from "#components/insights/measure-definitions.tsx";
import { Measures } from "#components/insights/measures.tsx";
import { SpreadTable } from "#components/insights/spread-table.tsx";
import { WeeklyBars } from "#components/insights/weekly-bars.tsx";
import { Filters } from "#components/shell/filters.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Insights" };

/** How deployments went over time: DORA's measures, and where the time went. */
export default async function InsightsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/insights");
  if (!maySomewhere(actor, "insights.view")) notFound();
  const given = await queryOf(searchParams, ["weeks", "team", "service", "environment"]);
  const asked = insightQuery.safeParse(given);
  // What cannot be asked is not asked, and no control says that it was.
  const query = asked.success ? given : {};
  const filter = asked.success ? asked.data : insightQuery.parse({});
  const [view, choices] = await Promise.all([
    viewInsights(actor, filter),
    filterChoices(actor, "insights.view"),
  ]);
  const nothing = view.insights.deployed === 0 && view.insights.cancelled === 0;
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Insights"
        description="How often, how fast and how safely you deploy, and what was waited for."
        actions={
          <Downloads
            label="Take out"
            files={[{ href: `/api/v1/insights/export?${new URLSearchParams(query)}`, label: "CSV" }]}
          />
        }
      />
      <Filters query={query}>
        <InsightFilters query={query} choices={choices} />
      </Filters>
      {view.truncated && (
        <Notice tone="attention" title="More records than are counted here">
          The newest 2,000 are. Choose a team, a service or a shorter time for exact figures.
        </Notice>
      )}
      {nothing ? (
        <Panel aria-label="Insights">
          {Object.values(query).some((value) => value) ? (
            <EmptyState
              icon="gauge"
              title="No deployment fits these filters"
              action={<ButtonLink href="/insights">Clear the filters</ButtonLink>}
            >
              Another time, team, service or environment may have some.
            </EmptyState>
          ) : (
            <EmptyState
              icon="gauge"
              title="No deployment in this time"
              action={<ButtonLink href="/deployments">Go to the board</ButtonLink>}
            >
              Figures begin with the first deployment that reaches T‑0.
            </EmptyState>
          )}
        </Panel>
      ) : (
        <Figures view={view} />
      )}
    </PageContainer>
  );
}

function Figures({ view: { insights, items } }: { view: InsightsView }) {
  return (
    <>
      {insights.deployed < SMALL_SAMPLE && (
        <Notice icon="info">
          {insights.deployed === 1
            ? "One deployment reached T‑0 in this time"
            : `${insights.deployed} deployments reached T‑0 in this time`}
          : too few to say what to expect. The figures say what happened.
        </Notice>
      )}
      <Measures insights={insights} />
      <Panel aria-labelledby="weeks">
        <PanelHeader
          id="weeks"
          title="Deployments by week"
          description="In the week of their T-0, from Monday, UTC; the last is this week so far."
        />
        <PanelBody>
          <WeeklyBars weeks={insights.weeks} />
        </PanelBody>
      </Panel>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-2 xl:items-start">
        <Panel aria-labelledby="phases">
          <PanelHeader
            id="phases"
            title="Time in each phase"
            description={
              <>
                From its start to its last completion.
                <span className="max-sm:hidden">
                  {" "}
                  The bar ends where half were done, the line where 90&nbsp;% were.
                </span>
              </>
            }
          />
          <SpreadTable label="Phase" of="Deployments" spreads={insights.phases} />
        </Panel>
        <Panel aria-labelledby="waits">
          <PanelHeader
            id="waits"
            title="Waiting for each role"
            description={
              <>
                From its turn until it signed, in each round.
                <span className="max-sm:hidden">
                  {" "}
                  The bar ends where half had, the line where 90&nbsp;% had.
                </span>
              </>
            }
          />
          <SpreadTable label="Role" of="Signatures" spreads={insights.waits} />
        </Panel>
        <Panel aria-labelledby="late">
          <PanelHeader
            id="late"
            title="Items most often late"
            description="Settled after they were due, of the deployments that ended with them settled."
          />
          <ItemRatesList items={items} of="late" />
        </Panel>
        <Panel aria-labelledby="waived">
          <PanelHeader
            id="waived"
            title="Items most often not applicable"
            description="Of the deployments that ended with them settled."
          />
          <ItemRatesList items={items} of="waived" />
        </Panel>
      </div>
      <MeasureDefinitions />
    </>
  );
}
