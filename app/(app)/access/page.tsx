import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { cursorInAddress } from "#lib/queries/cursor.ts";
import { listAccesses } from "#lib/queries/list-accesses.ts";
import { AccessLines } from "#components/history/access-lines.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Access log" };

export default async function AccessPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/access");
  if (!maySomewhere(actor, "access-log.view")) notFound();
  const query = await queryOf(searchParams, ["cursor"]);
  const cursor = cursorInAddress(query.cursor, "record");
  const { accesses, nextCursor } = await listAccesses(actor, { cursor, limit: 100 });
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Access log"
        description="What auditors opened, searched and exported, and every export by anybody, in UTC. Repeats count once in each ten minutes of the clock (10:00 to 10:10, and so on)."
        actions={
          <ButtonLink href="/history">
            <Icon name="arrow-left" />
            Back to the history
          </ButtonLink>
        }
      />
      <Panel aria-label="Accesses" className="overflow-hidden">
        {accesses.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">
            Nobody has looked yet. The first look of an auditor and the first export stand here.
          </p>
        ) : (
          <AccessLines accesses={accesses} />
        )}
      </Panel>
      <Pagination
        label="Pages of accesses"
        previousHref={cursor && "/access"}
        nextHref={nextCursor === null ? undefined : `/access?cursor=${nextCursor}`}
      />
    </PageContainer>
  );
}
