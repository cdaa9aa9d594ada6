"use client";

import { useState } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { PhaseView, SectionView } from "#lib/queries/deployment-view.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Time } from "#components/ui/time.tsx";
import { ChecklistItem } from "./checklist-item.tsx";
import { isMine, isShown, type ItemFilter } from "./item-filter.ts";
import { isPassedBy } from "./is-passed-by.ts";
import { DueMark } from "./item-marks.tsx";
import { SectionMenu } from "./section-menu.tsx";
import { useDeployment } from "./use-deployment.ts";
import type { ItemChanges } from "./use-item-changes.ts";
import type { Selection } from "./use-selection.ts";

/** What the lines of all items are drawn from besides the items. */
export type RowState = {
  readonly changes: ItemChanges;
  /** Who else is at an item, by item. */
  readonly here: Readonly<Record<string, string>>;
  /** What somebody else did to an item since the last look, by item; and what was opened since. */
  readonly changed: Readonly<Record<string, string>>;
  readonly seen: ReadonlySet<string>;
  /** The items of the change that can be undone now. */
  readonly undoable: readonly string[];
  readonly selection: Selection;
  /** The reader's id. */
  readonly me: string;
};

type PhaseSectionProps = {
  readonly phase: PhaseView;
  readonly isCurrent: boolean;
  readonly filter: ItemFilter;
  readonly row: RowState;
  readonly now: string;
  readonly onChange: (change: ItemChange) => void;
  readonly onOpen: (item: string) => void;
  readonly onUndo: () => void;
};

/** One phase: folded unless it is the open one. What is folded is not drawn until it is asked for. */
export function PhaseSection(props: PhaseSectionProps) {
  const { phase, isCurrent, filter, row, now, onChange, onOpen, onUndo } = props;
  // Nothing is left to choose of a record that has ended.
  const hasMenus = useDeployment().ended === null;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const hasMine =
    filter === "mine" && phase.sections.some(({ items }) => items.some((item) => isMine(item, row.me)));
  const items = phase.sections.flatMap((section) => section.items);
  // Why a click was refused is seen, though its phase closed meanwhile.
  const isRefused = items.some(({ key }) => row.changes.refusals[key] !== undefined);
  const open = chosen ?? (isCurrent || hasMine || isRefused);
  // What has a date of its own says it in its line.
  const dueAt = items.find(({ status, dueIsSet }) => status === "open" && !dueIsSet)?.dueAt ?? undefined;
  const kept = row.changes.held
    ? items.filter(({ key }) => row.changes.pending[key] !== undefined).length
    : 0;
  return (
    <details
      id={phase.key}
      open={open}
      onToggle={({ currentTarget }) => {
        // What unfolded or folded by itself is nobody's choice.
        if (currentTarget.open !== open) setChosen(currentTarget.open);
      }}
      className="group relative scroll-mt-4 rounded-lg border border-line bg-surface shadow-panel"
    >
      <summary
        className={cn(
          "flex min-h-11 list-none items-center gap-3 rounded-lg px-4 py-2 hover:bg-hover max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0",
          hasMenus && "pr-12",
        )}
      >
        <Icon
          name="chevron-right"
          className="size-4 text-ink-faint transition-transform group-open:rotate-90"
        />
        <h2 className="font-semibold max-sm:truncate">{phase.title}</h2>
        <span className="microlabel max-sm:hidden">{phase.label}</span>
        <PhaseBadge phase={phase} now={now} />
        {phase.state === "open" && dueAt !== undefined && (
          <span className={cn("contents", kept > 0 && "max-sm:hidden")}>
            <DueMark dueAt={dueAt} now={now} />
          </span>
        )}
        <span className="ml-auto flex items-center gap-2 text-sm whitespace-nowrap text-ink-muted tabular-nums">
          {kept > 0 && <span className="text-attention-text">{kept} kept</span>}
          {phase.done} of {phase.total}
          <span className="hidden w-24 sm:block">
            <Meter label={`${phase.title}, items settled`} value={phase.done} max={phase.total} />
          </span>
        </span>
      </summary>
      {open && (
        <div className="border-t border-line pb-1">
          {phase.sections.map((section) => (
            <Section
              key={section.key}
              section={section}
              foldable={phase.state === "open" && phase.done < phase.total}
              alone={phase.sections.length === 1}
              locked={phase.sections.some(({ change }) => change.allowed) && !section.change.allowed}
              hasMenu={hasMenus}
              filter={filter}
              row={row}
              now={now}
              onChange={onChange}
              onOpen={onOpen}
              onUndo={onUndo}
            />
          ))}
        </div>
      )}
    </details>
  );
}

function PhaseBadge({ phase, now }: { phase: PhaseView; now: string }) {
  const view = useDeployment();
  if (isPassedBy(view, phase)) return <Badge>not reached</Badge>;
  switch (phase.state) {
    case "completed":
      return (
        <span className="hidden text-sm text-ink-faint sm:inline">
          {phase.completed && (
            <>
              completed by {phase.completed.by.name} <Time at={phase.completed.at} now={now} />
            </>
          )}
        </span>
      );
    case "ready":
      return <Badge tone="done">gate open</Badge>;
    case "frozen":
      return <Badge tone="void">frozen</Badge>;
    case "locked":
      return <Locked why={whyNot(phase.start)} />;
    case "open":
      return null;
  }
}

/** That something does not open yet, and until when. */
function Locked({ why }: { why: string | undefined }) {
  return (
    <>
      <Badge icon="lock">locked</Badge>
      <span className="min-w-0 truncate text-sm text-ink-faint max-md:hidden">{why}</span>
    </>
  );
}

type SectionProps = Omit<PhaseSectionProps, "phase" | "isCurrent"> & {
  readonly section: SectionView;
  readonly alone: boolean;
  /** Whether others of its phase may change, and it may not yet. */
  readonly locked: boolean;
  readonly hasMenu: boolean;
  /** Whether one that is finished stands folded at first, so that what is open comes first. */
  readonly foldable: boolean;
};

function Section(props: SectionProps) {
  const { section, alone, locked, hasMenu, foldable, filter, row, now, onChange, onOpen, onUndo } = props;
  const { changes, here, changed, seen, undoable, selection, me } = row;
  const items = section.items.filter((item) => isShown(item, filter, me, changes));
  const finished = section.done === section.total;
  const [folds, setFolds] = useState(
    () => foldable && finished && !section.items.some(({ key }) => changed[key] !== undefined),
  );
  const folded = folds && !alone && filter === "all";
  if (items.length === 0) {
    return alone ? <p className="px-4 py-3 text-ink-faint">Nothing here matches the filter.</p> : null;
  }
  const menu = hasMenu && <SectionMenu section={section} selection={selection} />;
  return (
    <section aria-label={section.title}>
      {alone ? (
        // The phase's own line names it already, and has room for its menu.
        <div className="absolute top-2 right-2">{menu}</div>
      ) : (
        <div className="flex min-h-9 items-center gap-2 py-1 pr-2 pl-4">
          <h3>
            <button
              type="button"
              aria-expanded={!folded}
              onClick={() => setFolds(!folded)}
              className="touch-target flex items-center gap-2 rounded-sm"
            >
              <Icon
                name="chevron-right"
                className={cn("size-3.5 text-ink-faint transition-transform", !folded && "rotate-90")}
              />
              <span className="microlabel">{section.title}</span>
              <span className={cn("text-xs tabular-nums", finished ? "text-done-text" : "text-ink-faint")}>
                {section.done}/{section.total}
              </span>
              {finished && <Icon name="check" className="size-3.5 text-done-text" />}
            </button>
          </h3>
          {locked && <Locked why={whyNot(section.change)} />}
          <span className="ml-auto">{menu}</span>
        </div>
      )}
      <ul hidden={folded}>
        {(folded ? [] : items).map((item) => (
          <ChecklistItem
            key={item.key}
            item={item}
            change={section.change}
            pending={changes.pending[item.key]}
            held={changes.held && changes.pending[item.key] !== undefined}
            refusal={changes.refusals[item.key]}
            first={changes.firsts[item.key]}
            here={here[item.key]}
            changed={seen.has(item.key) ? undefined : changed[item.key]}
            undoable={undoable.length === 1 && undoable[0] === item.key}
            chosen={selection.items.has(item.key)}
            mine={isMine(item, me)}
            now={now}
            onChange={onChange}
            onOpen={onOpen}
            onUndo={onUndo}
          />
        ))}
      </ul>
    </section>
  );
}
