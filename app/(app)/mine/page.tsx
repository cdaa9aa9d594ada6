import type { Metadata } from "next";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { listDeployments } from "#lib/queries/list-deployments.ts";
import { listMine } from "#lib/queries/list-mine.ts";
import { AwaitsMe } from "#components/mine/awaits-me.tsx";
import { MineTable } from "#components/mine/mine-table.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Mine" };

export default async function MinePage() {
  const actor = await actorForPage("/mine");
  const [mine, toSign] = await Promise.all([
    listMine(actor),
    listDeployments(actor, { awaitingMe: true, limit: 100 }),
  ]);
  const { items, awaited, more } = mine;
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <RefreshOnChange />
      <PageHeader title="Mine" description="What you are to settle, and what awaits your word." />
      <AwaitsMe toSign={toSign.rows} awaited={awaited} />
      <Panel aria-labelledby="my-items">
        <PanelHeader
          id="my-items"
          title={items.length === 1 ? "1 open item" : `${items.length} open items`}
          description={more ? "Of the next 50 deployments with items of yours." : undefined}
        />
        {items.length === 0 ? (
          <EmptyState
            icon="mine"
            title="Nothing is yours"
            action={<ButtonLink href="/deployments">Go to the board</ButtonLink>}
          >
            Open an item of a checklist to take it, or press <Kbd>a</Kbd> on it; a team lead may give you
            others.
          </EmptyState>
        ) : (
          <MineTable items={items} now={now()} />
        )}
      </Panel>
    </PageContainer>
  );
}
