import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { listVerifications } from "#lib/queries/list-verifications.ts";
import { proofState } from "#lib/queries/proof-state.ts";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { DeliveriesPanel } from "#components/verification/deliveries-panel.tsx";
import { KeyPanel } from "#components/verification/key-panel.tsx";
import { ProofNotice } from "#components/verification/proof-notice.tsx";
import { RefreshWhile } from "#components/verification/refresh-while.tsx";
import { RunList } from "#components/verification/run-list.tsx";
import { VerifyForm } from "#components/verification/verify-form.tsx";

export const metadata: Metadata = { title: "Proof" };

const RUNS = 20;

export default async function ProofPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/proof");
  if (!maySomewhere(actor, "history.verify")) notFound();
  const { deployment = "" } = await queryOf(searchParams, ["deployment"]);
  const [state, runs] = await Promise.all([proofState(actor), listVerifications(actor, RUNS)]);
  const present = now();
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Proof"
        description="The whole history is signed every minute, so that a change of the past shows. Here is how that stands, and the means to check it."
      />
      <RefreshWhile running={runs.some(({ state: of }) => of === "waiting" || of === "running")} />
      <ProofNotice state={state} now={present} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
        <Panel aria-labelledby="verify">
          <PanelHeader
            id="verify"
            title="Verify"
            description="Computes every hash again and holds it against what was signed."
          />
          <PanelBody>
            <VerifyForm verifiesAll={state.verifiesAll} deployment={deployment.slice(0, 200)} />
          </PanelBody>
        </Panel>
        <DeliveriesPanel {...state} now={present} />
      </div>
      <Panel aria-labelledby="runs">
        <PanelHeader id="runs" title="Verifications" description="The last twenty, with what they found." />
        {runs.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted">None yet.</p>
        ) : (
          <RunList runs={runs} now={present} />
        )}
      </Panel>
      <KeyPanel installationKey={state.installationKey} />
    </PageContainer>
  );
}
