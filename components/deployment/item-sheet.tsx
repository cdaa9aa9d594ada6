"use client";

import { type ComponentProps, useEffect } from "react";
import type { Ability, DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { Comments } from "#components/comments/comments.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { EvidenceForm } from "./evidence-form.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { FileEvidence } from "./file-evidence.tsx";
import { phaseViewOf } from "./find-item-view.ts";
import { ItemChecks } from "./item-checks.tsx";
import { ItemWork } from "./item-work.tsx";
import type { SheetPart } from "./use-checklist-keys.ts";
import { useSheetKeys } from "./use-sheet-keys.ts";
import { AND_TICK, type EvidenceFormState, useEvidenceForm } from "./use-evidence-form.ts";
import { WaiverForm } from "./waiver-form.tsx";
import type { Work } from "./use-work.ts";
import type { ItemChanges } from "./use-item-changes.ts";

type ItemSheetProps = {
  readonly view: DeploymentView;
  readonly item: ItemView;
  /** Its phase and section. */
  readonly place: string;
  readonly change: Ability;
  readonly changes: ItemChanges;
  readonly work: Work;
  readonly startAt: SheetPart;
  /** To the next item of the list, or the one before. */
  readonly onStep: (by: 1 | -1) => void;
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
  place,
  change,
  changes,
  work,
  startAt,
  onStep,
  onClose,
}: ItemSheetProps) {
  const { id: deploymentId, now } = view;
  const { attach, forget } = useDraft(`${deploymentId}:${item.key}:waiver`);
  useEffect(() => {
    if (item.status === "not-applicable") forget();
  }, [item.status, forget]);
  useSheetKeys(onStep);
  const evidence = useEvidenceForm(deploymentId, item, changes);
  const refusal = changes.refusals[item.key];
  const status = changes.pending[item.key]?.to ?? item.status;
  const { judgedAt } = phaseViewOf(view, item) ?? view.rollbackPhase;
  // What is ticked and holds asks for no more: its form is folded.
  const proven = item.status === "done" && (item.judgement === null || item.judgement.verdict === "met");
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={item.title}
      startAt={STARTS[startAt]}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {place}
          <Badge {...STATES[status]} />
          {item.critical && (
            <Badge tone={status === "open" ? "attention" : "neutral"} icon={null}>
              critical
            </Badge>
          )}
          {item.conditional && <Badge>conditional</Badge>}
        </span>
      }
      footer={
        <SheetFooter item={item} status={status} change={change} changes={changes} evidence={evidence} />
      }
    >
      <div className="grid gap-5">
        <StatusLine item={item} status={status} now={now} />
        {refusal !== undefined && <Notice tone="blocked" announce title={refusal} />}
        {!change.allowed && <Notice icon="lock">{change.reason}</Notice>}
        {item.judgement !== null && (
          <Notice
            tone={TONES[item.judgement.verdict]}
            title={
              judgedAt === null ? "Requirement" : `Requirement, as of ${formatMoment(Date.parse(judgedAt))}`
            }
          >
            {item.judgement.message}
          </Notice>
        )}
        <ItemWork view={view} item={item} work={work} />
        <ItemChecks view={view} item={item} change={change} />
        <section aria-label="Evidence" className="grid gap-3 border-t border-line pt-4">
          <h3 className="microlabel">Evidence</h3>
          <EvidenceList evidence={item.evidence} requirement={item.requirement} now={now} />
          {change.allowed && item.status !== "not-applicable" && (
            <details open={!proven || evidence.typed || startAt === "evidence"} className="group">
              <summary
                className={cn(
                  "touch-target mb-3 flex list-none items-center gap-1.5 rounded-sm text-sm text-ink-muted",
                  !proven && "hidden",
                )}
              >
                <Icon name="plus" className="size-3.5 transition-transform group-open:rotate-45" />
                Add evidence
              </summary>
              <div className="grid gap-3">
                <EvidenceForm form={evidence} requirement={item.requirement} />
                <FileEvidence deploymentId={deploymentId} item={item} />
              </div>
            </details>
          )}
        </section>
        {change.allowed && status === "open" && (
          <WaiverForm
            startsOpen={startAt === "waiver"}
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

const STATES: Readonly<Record<ItemView["status"], ComponentProps<typeof Badge>>> = {
  open: { icon: "circle-dashed", children: "open" },
  done: { tone: "done", children: "ticked" },
  "not-applicable": { children: "not applicable" },
};

function StatusLine({ item, status, now }: { item: ItemView; status: ItemView["status"]; now: string }) {
  if (status === "open") return null;
  if (item.settled === null) return <p className="text-ink-muted">Saving…</p>;
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

type SheetFooterProps = Pick<ItemSheetProps, "item" | "change" | "changes"> & {
  readonly status: ItemView["status"];
  readonly evidence: EvidenceFormState;
};

/** The one main button: it sends what stands in the evidence form too, where that is what a tick needs. */
function SheetFooter({ item, status, change, changes, evidence }: SheetFooterProps) {
  const look = "max-sm:w-full";
  if (status !== "open")
    return (
      <Button
        className={look}
        disabledReason={whyNot(change)}
        onClick={() => changes.change({ item: item.key, to: "open" })}
      >
        <Icon name="reopen" />
        {status === "done" ? "Take the tick back" : "Take ‘not applicable’ back"}
      </Button>
    );
  const { judgement, requirement } = item;
  const unmet = judgement !== null && judgement.verdict !== "met" ? judgement.message : undefined;
  const asksForEvidence = requirement !== null && requirement.kind !== "wait";
  if (change.allowed && (unmet === undefined ? evidence.typed : asksForEvidence))
    return (
      <Button
        className={look}
        variant="primary"
        type="submit"
        form={evidence.id}
        value={AND_TICK}
        pending={evidence.pending}
        pendingWords="Saving…"
      >
        <Icon name="check" />
        Save and tick
      </Button>
    );
  return (
    <Button
      className={look}
      variant="primary"
      disabledReason={change.allowed ? unmet : change.reason}
      onClick={() => changes.change({ item: item.key, to: "done" })}
    >
      <Icon name="check" />
      Tick
    </Button>
  );
}
