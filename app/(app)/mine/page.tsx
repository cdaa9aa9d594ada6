import type { Metadata } from "next";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { listBoard } from "#lib/queries/board.ts";
import { listMine } from "#lib/queries/list-mine.ts";
import { AwaitsMe } from "#components/mine/awaits-me.tsx";
import { MineList } from "#components/mine/mine-list.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { countedTitle } from "#components/ui/plural.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "My work" };

export default async function MinePage() {
  const actor = await actorForPage("/mine");
  const [mine, toSign] = await Promise.all([
    listMine(actor),
    listBoard(actor, { awaitingMe: true, limit: 100 }),
  ]);
  const { items, awaited, more } = mine;
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <RefreshOnChange />
      <PageHeader
        title="My work"
        description="The items that are yours, and what waits for you to sign, answer or review."
      />
      <AwaitsMe toSign={toSign.rows} awaited={awaited} />
      <Panel aria-labelledby="my-items">
        <PanelHeader
          id="my-items"
          title={countedTitle(items.length, "open item")}
          description={more ? "Of the next 50 deployments with items of yours." : undefined}
        />
        {items.length === 0 ? (
          <EmptyState
            icon="mine"
            title="No item is yours"
            action={<ButtonLink href="/deployments">Go to the board</ButtonLink>}
          >
            Open an item of a checklist to take it, or press <Kbd>a</Kbd> on it; a team lead may give you
            others.
          </EmptyState>
        ) : (
          <MineList items={items} now={now()} />
        )}
      </Panel>
    </PageContainer>
  );
}
