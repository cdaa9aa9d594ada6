import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { retentionInput } from "#lib/domain/inputs/retention.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { previewRetention, retentionState } from "#lib/queries/retention-state.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { ConfirmSpan } from "#components/retention/confirm-span.tsx";
import { RecordList } from "#components/retention/record-list.tsx";
import { RemoveButton } from "#components/retention/remove-button.tsx";
import { SpanForm } from "#components/retention/span-form.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Retention" };

export default async function RetentionPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/retention");
  if (!mayEverywhere(actor, "retention.view")) notFound();
  const manages = mayEverywhere(actor, "retention.manage");
  const { days: typed } = await queryOf(searchParams, ["days"]);
  const asked = askedFor(typed);
  const [{ days, due, held, stones }, choices, preview] = await Promise.all([
    retentionState(actor),
    proofChoices(actor),
    manages && asked?.success ? previewRetention(actor, asked.data.days) : null,
  ]);
  const moment = (at: string) => formatMoment(Date.parse(at));
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Retention"
        description="Some time after its end a deployment’s content can be removed. Its hashes stay, and a removal record says what was removed, when and by whom. Under legal hold nothing is removed."
      />
      <Panel aria-labelledby="span">
        <PanelHeader
          id="span"
          title={days === null ? "Everything is kept" : `Content is kept for ${days} days`}
        />
        {manages && (
          <PanelBody>
            {preview === null || preview.days === days ? (
              <SpanForm days={days} typed={typed} error={asked?.error?.issues[0]?.message} />
            ) : (
              <ConfirmSpan preview={preview} choices={choices} />
            )}
          </PanelBody>
        )}
      </Panel>
      <Panel aria-labelledby="due">
        <PanelHeader id="due" title="Due for removal" description="Removed automatically within the hour." />
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
        <PanelHeader
          id="held"
          title="Under legal hold"
          description="A hold is set and lifted in the menu of its deployment."
        />
        <RecordList
          empty="No record is under legal hold."
          records={held.map(({ id, title, reason }) => ({ id, title, note: reason }))}
        />
      </Panel>
      <Panel aria-labelledby="stones">
        <PanelHeader id="stones" title="Removal records" description="What was removed." />
        <RecordList
          empty="Nothing has been removed."
          records={stones.map(({ deployment, service, version, seq, at, events, policy }) => ({
            id: deployment,
            title: `${service} ${version}`,
            note: `removal record ${seq}, ${moment(at)}: ${events} events, removed ${policy === "by-hand" ? "by an admin" : "automatically"}`,
          }))}
        />
      </Panel>
    </PageContainer>
  );
}

// The span in the address: `90`, or `everything`.
function askedFor(typed: string | undefined) {
  if (typed === undefined) return undefined;
  return retentionInput.safeParse({ days: typed === "everything" ? null : Number(typed.trim()) });
}
