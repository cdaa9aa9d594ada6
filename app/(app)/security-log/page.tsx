import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { cursorInAddress } from "#lib/queries/cursor.ts";
import { historyChoices } from "#lib/queries/history-choices.ts";
import { listSecurityLog, type SecurityFilter } from "#lib/queries/list-security-log.ts";
import { SecurityLines } from "#components/security-log/security-lines.tsx";
import { SecurityFilters } from "#components/security-log/security-filters.tsx";
import { Filters } from "#components/shell/filters.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { daysOf, queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Security log" };

const PAGE = 100;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function SecurityLogPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/security-log");
  if (!mayEverywhere(actor, "security-log.read")) notFound();
  const query = await queryOf(searchParams, ["kind", "person", "address", "from", "to", "cursor"]);
  const [page, { people }] = await Promise.all([
    listSecurityLog(actor, filterFrom(query)),
    historyChoices(actor),
  ]);
  const { cursor: _cursor, ...filters } = query;
  const next = new URLSearchParams({ ...filters, cursor: page.nextCursor ?? "" });
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Security log"
        description="Who signed in, who was refused, and what changed about how somebody signs in, in UTC. Entries are kept for 400 days and hold no passwords or tokens."
      />
      <Filters query={filters}>
        <SecurityFilters query={filters} people={people} />
      </Filters>
      <Panel className="overflow-hidden">
        {page.entries.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">No entry fits these filters.</p>
        ) : (
          <SecurityLines entries={page.entries} />
        )}
      </Panel>
      <Pagination
        label="Pages of entries"
        previousHref={query.cursor && `/security-log?${new URLSearchParams(filters)}`}
        nextHref={page.nextCursor === null ? undefined : `/security-log?${next}`}
      />
    </PageContainer>
  );
}

function filterFrom(query: Readonly<Record<string, string | undefined>>): SecurityFilter {
  const { kind, person, address, cursor } = query;
  return {
    kind: kind || undefined,
    personId: person !== undefined && ID.test(person) ? person : undefined,
    address: address || undefined,
    ...daysOf(query),
    cursor: cursorInAddress(cursor, "entry"),
    limit: PAGE,
  };
}
