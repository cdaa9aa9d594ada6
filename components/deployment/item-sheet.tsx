"use client";

import { useEffect } from "react";
import type { Ability, DeploymentView, ItemView, PhaseView } from "#lib/queries/deployment-view.ts";
import { Comments } from "#components/comments/comments.tsx";
import { useDraft } from "#components/forms/use-draft.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { EvidenceForm } from "./evidence-form.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { FileEvidence } from "./file-evidence.tsx";
import { ItemChecks } from "./item-checks.tsx";
import { ItemWork } from "./item-work.tsx";
import type { SheetPart } from "./use-checklist-keys.ts";
import { WaiverForm } from "./waiver-form.tsx";
import type { Work } from "./use-work.ts";
import type { ItemChanges } from "./use-item-changes.ts";

type ItemSheetProps = {
  readonly view: DeploymentView;
  readonly item: ItemView;
  readonly phase: PhaseView;
  readonly change: Ability;
  readonly changes: ItemChanges;
  readonly work: Work;
  readonly startAt: SheetPart;
  readonly onClose: () => void;
};

const STARTS: Readonly<Record<SheetPart, string | undefined>> = {
  top: undefined,
  evidence: "[data-evidence] :is(input, textarea, select)",
  waiver: "[name=reason]",
};

/** All about one item, beside the list: what it needs, its evidence, 'not applicable', its history. */
export default function ItemSheet({
  view,
  item,
  phase,
  change,
  changes,
  work,
  startAt,
  onClose,
}: ItemSheetProps) {
  const { id: deploymentId, now } = view;
  const { attach, forget } = useDraft(`${deploymentId}:${item.key}:waiver`);
  useEffect(() => {
    if (item.status === "not-applicable") forget();
  }, [item.status, forget]);
  const refusal = changes.refusals[item.key];
  const status = changes.pending[item.key]?.to ?? item.status;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={item.title}
      startAt={STARTS[startAt]}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {phase.title}
          {item.critical && <Badge tone="attention">critical</Badge>}
          {item.conditional && <Badge>conditional</Badge>}
        </span>
      }
      footer={<SheetFooter item={item} status={status} change={change} changes={changes} />}
    >
      <div className="grid gap-5">
        <StatusLine item={item} status={status} now={now} />
        {refusal !== undefined && <Notice tone="blocked" announce title={refusal} />}
        {!change.allowed && <Notice icon="lock">{change.reason}</Notice>}
        {item.judgement !== null && (
          <Notice tone={TONES[item.judgement.verdict]} title="Requirement">
            {item.judgement.message}
          </Notice>
        )}
        <ItemWork view={view} item={item} work={work} />
        <ItemChecks view={view} item={item} change={change} />
        <EvidenceList evidence={item.evidence} now={now} />
        {change.allowed && item.status !== "not-applicable" && (
          <>
            <EvidenceForm deploymentId={deploymentId} item={item} changes={changes} />
            <FileEvidence deploymentId={deploymentId} item={item} />
          </>
        )}
        {change.allowed && status === "open" && (
          <WaiverForm
            attachDraft={attach}
            item={item}
            waiveCritical={view.abilities.waiveCritical}
            onWaive={changes.change}
          />
        )}
        <section aria-label="Comments" className="grid gap-2 border-t border-line pt-4">
          <h3 className="microlabel">Comments</h3>
          <Comments item={item.key} count={item.comments} empty="None yet." />
        </section>
        <a
          href={`/deployments/${deploymentId}/history?item=${item.key}`}
          className="inline-flex items-center gap-1.5 text-sm text-ink-muted underline decoration-line-strong underline-offset-2"
        >
          <Icon name="history" className="size-3.5" />
          History of this item
        </a>
      </div>
    </Sheet>
  );
}

const TONES: Readonly<Record<NonNullable<ItemView["judgement"]>["verdict"], Tone>> = {
  met: "done",
  missing: "attention",
  failed: "blocked",
  stale: "blocked",
  unknown: "attention",
  waiting: "waiting",
};

function StatusLine({ item, status, now }: { item: ItemView; status: ItemView["status"]; now: string }) {
  if (status === "open" || item.settled === null)
    return <p className="text-ink-muted">{status === "open" ? "Open." : "Saving…"}</p>;
  return (
    <div>
      <p>
        {status === "done" ? "Ticked" : "Marked not applicable"} by {item.settled.by.name},{" "}
        <Time at={item.settled.at} now={now} />
      </p>
      {item.reason !== null && (
        <blockquote className="mt-1 border-l-2 border-line-strong pl-3 text-ink-muted">
          {item.reason}
        </blockquote>
      )}
    </div>
  );
}

function SheetFooter({
  item,
  status,
  change,
  changes,
}: {
  item: ItemView;
  status: ItemView["status"];
  change: Ability;
  changes: ItemChanges;
}) {
  const unmet =
    status === "open" && item.judgement !== null && item.judgement.verdict !== "met"
      ? item.judgement.message
      : null;
  const why = change.allowed ? unmet : change.reason;
  return (
    <Button
      className="max-sm:h-11 max-sm:w-full"
      variant={status === "open" ? "primary" : "secondary"}
      disabledReason={why ?? undefined}
      onClick={() => changes.change({ item: item.key, to: status === "open" ? "done" : "open" })}
    >
      <Icon name={status === "open" ? "check" : "reopen"} />
      {SETTLE_WORDS[status]}
    </Button>
  );
}

const SETTLE_WORDS: Readonly<Record<ItemView["status"], string>> = {
  open: "Tick",
  done: "Take the tick back",
  "not-applicable": "Take ‘not applicable’ back",
};
