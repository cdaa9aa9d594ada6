import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { now } from "#lib/clock.ts";
import { listTokens } from "#lib/queries/list-tokens.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { CreateTokenButton } from "#components/tokens/create-token-button.tsx";
import { TokensTable } from "#components/tokens/tokens-table.tsx";
import { SettingsTabs } from "#components/account/settings-tabs.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { countedTitle } from "#components/ui/plural.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const actor = await actorForPage("/tokens");
  const [tokens, choices] = await Promise.all([listTokens(actor), proofChoices(actor)]);
  const mayCreate = maySomewhere(actor, "token.create");
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="API tokens"
        description="For pipelines: a token acts with its person's roles, within its scopes, and the history names both."
      />
      <SettingsTabs />
      <Panel aria-labelledby="tokens">
        <PanelHeader
          id="tokens"
          title={countedTitle(tokens.length, "token")}
          description="A token never signs, and ends when its person gets a new password."
          actions={mayCreate && <CreateTokenButton choices={choices} />}
        />
        {tokens.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">
            {mayCreate
              ? "None yet. Make one for a pipeline that opens deployments, uploads reports or waits at a gate."
              : "None. Engineers and team leads make tokens for their pipelines."}
          </p>
        ) : (
          <TokensTable tokens={tokens} now={now()} />
        )}
      </Panel>
    </PageContainer>
  );
}
