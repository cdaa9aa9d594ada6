"use client";

import { memo } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { Ability, ItemView } from "#lib/queries/deployment-view.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { FirstNote } from "./first-note.tsx";
import { HereMark } from "./here-mark.tsx";
import { ItemMarks } from "./item-marks.tsx";
import { RequirementChip } from "./requirement-chip.tsx";
import type { First } from "./who-was-first.ts";

type ChecklistItemProps = {
  readonly item: ItemView;
  readonly change: Ability;
  readonly pending: ItemChange | undefined;
  /** The click is kept on this device, since the server cannot be reached. */
  readonly held: boolean;
  readonly refusal: string | undefined;
  /** Who was at it just before oneself. */
  readonly first: First | undefined;
  /** The names of others who are at it now. */
  readonly here: string | undefined;
  /** What somebody else did to it since the reader's last look. */
  readonly changed: string | undefined;
  /** The reader's last change was of this item and can be taken back. */
  readonly undoable: boolean;
  /** Chosen for a change of several items. */
  readonly chosen: boolean;
  readonly mine: boolean;
  readonly now: string;
  readonly onChange: (change: ItemChange) => void;
  readonly onOpen: (item: string) => void;
  readonly onUndo: () => void;
};

/** One line: box, title, requirement, evidence, who and when. The title opens the rest beside it. */
export const ChecklistItem = memo(function ChecklistItem({
  item,
  change,
  pending,
  held,
  refusal,
  first,
  here,
  changed,
  undoable,
  chosen,
  mine,
  now,
  onChange,
  onOpen,
  onUndo,
}: ChecklistItemProps) {
  const status = pending?.to ?? item.status;
  const unmet =
    status === "open" && item.judgement !== null && item.judgement.verdict !== "met"
      ? item.judgement.message
      : null;
  const why = change.allowed ? unmet : change.reason;
  const settled = status !== "open";
  const counted = item.evidence.filter(({ counts }) => counts).length;
  const toggle = () => {
    if (!change.allowed) return;
    if (unmet !== null) onOpen(item.key);
    else onChange({ item: item.key, to: settled ? "open" : "done" });
  };
  return (
    <li
      id={`item-${item.key}`}
      data-item={item.key}
      data-conditional={item.conditional || undefined}
      data-locked={!change.allowed || undefined}
      data-chosen={chosen || undefined}
      className="item-row"
    >
      <div className="item-line">
        <Checkbox
          checked={settled}
          waived={status === "not-applicable"}
          data-kept={held || undefined}
          onChange={toggle}
          aria-disabled={!change.allowed || undefined}
          aria-label={status === "not-applicable" ? `${item.title}: not applicable` : item.title}
          aria-describedby={refusal !== undefined ? `refusal-${item.key}` : first && `first-${item.key}`}
          title={why ?? undefined}
          data-tick
        />
        <button
          type="button"
          onClick={() => onOpen(item.key)}
          className={cn("item-title", settled && "text-ink-muted")}
        >
          {chosen && <span className="sr-only">chosen: </span>}
          {changed !== undefined && <ChangedMark words={changed} />}
          {item.title}
          {item.critical && (
            <span
              className={cn(
                "item-critical",
                settled ? "bg-hover text-ink-muted" : "bg-attention-surface text-attention-text",
              )}
            >
              critical
            </span>
          )}
        </button>
        <span className="item-marks">
          <RequirementChip item={item} />
          {counted > 0 && (
            <span className="item-evidence">
              <Icon name="file" className="size-3.5" />
              {counted}
              <span className="sr-only">{counted === 1 ? " piece" : " pieces"} of evidence</span>
            </span>
          )}
          <ItemMarks item={item} open={!settled} mine={mine} now={now} />
          {undoable && pending === undefined && refusal === undefined && (
            <Button size="sm" variant="ghost" onClick={onUndo} title="z">
              Undo
            </Button>
          )}
        </span>
        <span className="item-meta">
          {pending === undefined ? item.settled && <SettledBy item={item} now={now} /> : !held && "saving…"}
        </span>
        {here !== undefined && <HereMark names={here} />}
      </div>
      {held && (
        <p className="item-note text-attention-text">
          <Icon name="clock" className="mt-0.5 size-3.5" />
          Kept on this device; it is sent when the connection is back.
        </p>
      )}
      {first !== undefined && <FirstNote id={`first-${item.key}`} first={first} serverNow={now} />}
      {refusal !== undefined && (
        <p id={`refusal-${item.key}`} className="item-note text-blocked-text">
          <Icon name="blocked" className="mt-0.5 size-3.5" />
          {refusal}
        </p>
      )}
    </li>
  );
});

function ChangedMark({ words }: { words: string }) {
  return (
    <span
      role="img"
      aria-label="changed since your last look: "
      title={words}
      className="mr-1.5 inline-block size-2 rounded-full bg-waiting align-middle"
    />
  );
}

function SettledBy({ item, now }: { item: ItemView; now: string }) {
  if (item.settled === null) return null;
  return (
    <span title={item.reason ?? undefined}>
      {item.settled.by.name} · <Time at={item.settled.at} now={now} />
    </span>
  );
}
