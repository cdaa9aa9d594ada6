import type { Metadata } from "next";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { listBoard } from "#lib/queries/board.ts";
import { listDelegations } from "#lib/queries/list-delegations.ts";
import { DeploymentsTable } from "#components/board/deployments-table.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage() {
  const actor = await actorForPage("/inbox");
  const [{ rows }, { received }] = await Promise.all([
    listBoard(actor, { awaitingMe: true, limit: 100 }),
    listDelegations(actor),
  ]);
  const standsInFor = received.filter(({ state }) => state === "standing");
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <RefreshOnChange />
      <PageHeader title="Inbox" description="Deployments that wait for your signature." />
      {standsInFor.map(({ id, from, role, endsAt }) => (
        <Notice key={id} tone="waiting" icon="signature">
          You may sign for {from} as {role}, until <Time at={endsAt} now={now()} exact />.
        </Notice>
      ))}
      <Panel>
        {rows.length === 0 ? (
          <EmptyState
            icon="inbox"
            title="Nothing awaits you"
            action={<ButtonLink href="/deployments">Go to the board</ButtonLink>}
          >
            A deployment appears here when it is your turn to sign.
          </EmptyState>
        ) : (
          <DeploymentsTable
            rows={rows}
            now={now()}
            label="Awaiting your signature"
            tab="/sign-off"
            deed="Review and sign"
          />
        )}
      </Panel>
    </PageContainer>
  );
}
