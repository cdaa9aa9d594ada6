import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { retentionState } from "#lib/queries/retention-state.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { RecordList } from "#components/retention/record-list.tsx";
import { RemoveButton } from "#components/retention/remove-button.tsx";
import { SpanForm } from "#components/retention/span-form.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage() {
  const actor = await actorForPage("/retention");
  if (!mayEverywhere(actor, "retention.view")) notFound();
  const manages = mayEverywhere(actor, "retention.manage");
  const [{ days, due, held, stones }, choices] = await Promise.all([
    retentionState(actor),
    proofChoices(actor),
  ]);
  const moment = (at: string) => formatMoment(Date.parse(at));
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Retention"
        description="Some time after its end a deployment’s content may go. Its hashes stay, and a stone says what went, when and by whom. Under legal hold nothing goes."
      />
      <Panel aria-labelledby="span">
        <PanelHeader
          id="span"
          title={days === null ? "Everything is kept" : `Content is kept for ${days} days`}
        />
        {manages && (
          <PanelBody>
            <SpanForm days={days} choices={choices} />
          </PanelBody>
        )}
      </Panel>
      <Panel aria-labelledby="due">
        <PanelHeader
          id="due"
          title="Due for removal"
          description="The clock removes these within the hour."
        />
        <RecordList
          empty="Nothing is due."
          records={due.map(({ id, title, endedAt }) => ({
            id,
            title,
            note: `ended ${moment(endedAt)}`,
            action: manages && <RemoveButton id={id} title={title} choices={choices} />,
          }))}
        />
      </Panel>
      <Panel aria-labelledby="held">
        <PanelHeader id="held" title="Under legal hold" />
        <RecordList
          empty="No record is under legal hold."
          records={held.map(({ id, title, reason }) => ({ id, title, note: reason }))}
        />
      </Panel>
      <Panel aria-labelledby="stones">
        <PanelHeader id="stones" title="Stones" description="What was removed." />
        <RecordList
          empty="Nothing has been removed."
          records={stones.map(({ deployment, service, version, seq, at, events, policy }) => ({
            id: deployment,
            title: `${service} ${version}`,
            note: `stone ${seq}, ${moment(at)}: ${events} events, ${policy === "by-hand" ? "removed by an admin" : "removed by the clock"}`,
          }))}
        />
      </Panel>
    </PageContainer>
  );
}
