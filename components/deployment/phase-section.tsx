"use client";

import { useState } from "react";
import type { ItemView, PhaseView, SectionView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Time } from "#components/ui/time.tsx";
import { ChecklistItem } from "./checklist-item.tsx";
import type { ItemFilter } from "./checklist.tsx";
import type { ItemChanges } from "./use-item-changes.ts";

type PhaseSectionProps = {
  readonly phase: PhaseView;
  readonly isCurrent: boolean;
  readonly filter: ItemFilter;
  readonly changes: ItemChanges;
  /** Who else is at an item, by item. */
  readonly here: Readonly<Record<string, string>>;
  readonly now: string;
  readonly onOpen: (item: string) => void;
};

/** One phase: folded unless it is the open one. What is folded is not drawn until it is asked for. */
export function PhaseSection({ phase, isCurrent, filter, changes, here, now, onOpen }: PhaseSectionProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? isCurrent;
  return (
    <details
      id={phase.key}
      open={open}
      onToggle={(event) => setChosen(event.currentTarget.open)}
      className="group scroll-mt-4 rounded-lg border border-line bg-surface shadow-panel"
    >
      <summary className="flex min-h-11 list-none items-center gap-3 rounded-lg px-4 py-2 hover:bg-hover">
        <Icon
          name="chevron-right"
          className="size-4 text-ink-faint transition-transform group-open:rotate-90"
        />
        <h2 className="font-semibold">{phase.title}</h2>
        <span className="microlabel">{phase.label}</span>
        <PhaseBadge phase={phase} now={now} />
        <span className="ml-auto flex items-center gap-2 text-sm text-ink-muted tabular-nums">
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
              alone={phase.sections.length === 1}
              filter={filter}
              changes={changes}
              here={here}
              now={now}
              onOpen={onOpen}
            />
          ))}
        </div>
      )}
    </details>
  );
}

function PhaseBadge({ phase, now }: { phase: PhaseView; now: string }) {
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
      return (
        <span title={phase.start.allowed ? undefined : phase.start.reason}>
          <Badge icon="lock">locked</Badge>
        </span>
      );
    case "open":
      return null;
  }
}

type SectionProps = Pick<PhaseSectionProps, "filter" | "changes" | "here" | "now" | "onOpen"> & {
  readonly section: SectionView;
  readonly alone: boolean;
};

function Section({ section, alone, filter, changes, here, now, onOpen }: SectionProps) {
  const items = section.items.filter((item) => isShown(item, filter, changes));
  if (items.length === 0) {
    return alone ? <p className="px-4 py-3 text-ink-faint">Nothing here matches the filter.</p> : null;
  }
  return (
    <section aria-label={section.title}>
      {!alone && (
        <h3 className="flex items-center gap-2 px-4 pt-3 pb-1">
          <span className="microlabel">{section.title}</span>
          <span className="text-xs text-ink-faint tabular-nums">
            {section.done}/{section.total}
          </span>
        </h3>
      )}
      <ul>
        {items.map((item) => (
          <ChecklistItem
            key={item.key}
            item={item}
            change={section.change}
            pending={changes.pending[item.key]}
            held={changes.held && changes.pending[item.key] !== undefined}
            refusal={changes.refusals[item.key]}
            first={changes.firsts[item.key]}
            here={here[item.key]}
            now={now}
            onChange={changes.change}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  );
}

function isShown(item: ItemView, filter: ItemFilter, { pending, refusals }: ItemChanges): boolean {
  if (filter === "all" || pending[item.key] !== undefined || refusals[item.key] !== undefined) return true;
  if (filter === "open") return item.status === "open";
  return item.judgement !== null && item.judgement.verdict !== "met";
}
