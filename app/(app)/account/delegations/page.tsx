import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { delegationChoices, listDelegations } from "#lib/queries/list-delegations.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { CreateDelegationButton } from "#components/delegations/create-delegation-button.tsx";
import { DelegationsTable } from "#components/delegations/delegations-table.tsx";
import { SettingsTabs } from "#components/account/settings-tabs.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Delegations" };

export default async function DelegationsPage() {
  const actor = await actorForPage("/account/delegations");
  const [{ given, received }, choices, proofs] = await Promise.all([
    listDelegations(actor),
    delegationChoices(actor),
    proofChoices(actor),
  ]);
  const at = now();
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Delegations"
        description="While you are away a stand-in signs as your role; each signature says for whom."
      />
      <SettingsTabs />
      <Panel aria-labelledby="given">
        <PanelHeader
          id="given"
          title="Your stand-ins"
          description="Whoever may not sign a deployment themselves, such as its opener, may not as your stand-in either."
          actions={
            choices.length > 0 && <CreateDelegationButton choices={choices} proofs={proofs} now={at} />
          }
        />
        {given.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">
            {choices.length === 0
              ? "None: you hold no role that signs."
              : "None. Name one for days on which you cannot sign."}
          </p>
        ) : (
          <DelegationsTable label="Your stand-ins" rows={given} now={at} mine />
        )}
      </Panel>
      <Panel aria-labelledby="received">
        <PanelHeader id="received" title="You stand in for" />
        {received.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">
            Nobody. What you may sign for others also appears in your inbox.
          </p>
        ) : (
          <DelegationsTable label="For whom you stand in" rows={received} now={at} />
        )}
      </Panel>
    </PageContainer>
  );
}
