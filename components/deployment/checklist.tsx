"use client";

import { later } from "#components/ui/later.tsx";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DeploymentView, ItemView, PhaseView } from "#lib/queries/deployment-view.ts";
import type { Presence } from "#lib/queries/presence.ts";
import { askForKeys } from "#components/shell/ask-for-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { useMe } from "#components/live/live-provider.tsx";
import { type Segment, SegmentedControl } from "#components/ui/segmented-control.tsx";
import { findItemView } from "./find-item-view.ts";
import { isShown, ITEM_FILTERS, useItemFilter, type ItemFilter } from "./item-filter.ts";
import { PhaseSection } from "./phase-section.tsx";
import { type SheetPart, useChecklistKeys } from "./use-checklist-keys.ts";
import { useDeployment } from "./use-deployment.ts";
import { useActivity, usePeopleHere } from "./record-activity.tsx";
import { useItemChanges } from "./use-item-changes.ts";
import { useSelection } from "./use-selection.ts";
import { useUndo } from "./use-undo.ts";
import { useUndoableChange } from "./use-undoable-change.ts";
import { useWork } from "./use-work.ts";
import { WorkNote } from "./work-note.tsx";

const ItemSheet = later(() => import("./item-sheet.tsx"));
const SelectionBar = later(() => import("./selection-bar.tsx"));

type ChecklistProps = {
  /** What somebody else did last to an item since the reader's last look, by item. */
  readonly changed: Readonly<Record<string, string>>;
};

/** Every phase with its items; the open one unfolded. */
export function Checklist({ changed }: ChecklistProps) {
  const view = useDeployment();
  const me = useMe();
  const changes = useItemChanges();
  const list = useRef<HTMLDivElement>(null);
  const [asked, setFilter] = useItemFilter();
  // Nothing is left to pick from a record that has ended.
  const filter = view.ended === null ? asked : "all";
  const [shown, setShown] = useState<string | null>(null);
  const [startAt, setStartAt] = useState<SheetPart>("top");
  const { last, offer, undo } = useUndo();
  const settle = useUndoableChange(changes, offer);
  const work = useWork(offer);
  const selection = useSelection(list);
  const { seen, see } = useSeen();
  const open = useCallback(
    (item: string, at: SheetPart = "top") => {
      see(item);
      setStartAt(at);
      setShown(item);
    },
    [see],
  );
  const waive = useCallback(
    (key: string) => {
      const { item, change } = findItem(view, key) ?? {};
      const may =
        change?.allowed === true && (item?.critical === false || view.abilities.waiveCritical.allowed);
      if (may && item?.conditional === true && item.status === "open")
        settle({ item: key, to: "not-applicable", reason: null });
      else open(key, "waiver");
    },
    [open, settle, view],
  );
  const { assign } = work;
  const take = useCallback(
    (item: string) => {
      const owner = findItemView(view, item)?.owner;
      if (!view.abilities.assign.allowed || owner?.id === me.id) open(item);
      else void assign([item], me.id);
    },
    [assign, me.id, open, view],
  );
  useChecklistKeys(list, { onOpen: open, onWaive: waive, onTake: take, onUndo: undo, selection });
  useHashTarget(open);
  useStandAt(shown);
  const step = useCallback(
    (by: 1 | -1) => {
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
      const next = rows[rows.findIndex((row) => row.dataset["item"] === shown) + by]?.dataset["item"];
      if (next !== undefined) open(next);
    },
    [open, shown],
  );
  const here = namesByItem(usePeopleHere());
  const phases = phasesOf(view, filter);
  const place = shown === null ? undefined : findItem(view, shown);
  const refusal = Object.values(changes.refusals).at(-1) ?? "";
  const row = { changes, here, changed, seen, undoable: last?.items ?? [], selection, me: me.id };
  return (
    <div ref={list}>
      <div hidden={view.ended !== null} className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <SegmentedControl
          name="items"
          label="Which items"
          value={filter}
          onValueChange={setFilter}
          segments={segmentsOf(view, me.id)}
        />
        <button
          type="button"
          onClick={askForKeys}
          className="touch-target hidden items-center gap-1 rounded-sm text-sm text-ink-faint hover:text-ink sm:flex"
        >
          <Icon name="keyboard" /> Shortcuts
        </button>
      </div>
      {selection.items.size > 0 && <SelectionBar selection={selection} work={work} onChange={settle} />}
      <WorkNote work={work} last={last} onUndo={undo} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {phases.map((phase) => (
          <PhaseSection
            key={phase.key}
            phase={phase}
            isCurrent={phase.key === view.currentPhase}
            filter={filter}
            row={row}
            now={view.now}
            onChange={settle}
            onOpen={open}
            onUndo={undo}
          />
        ))}
      </div>
      <LiveRegion urgent message={refusal} />
      {place !== undefined && (
        <ItemSheet
          key={place.item.key}
          view={view}
          {...place}
          startAt={startAt}
          changes={{ ...changes, change: settle }}
          work={work}
          onStep={step}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

/** While it rolls back nobody has work in the other phases: they are seen among all alone. */
function phasesOf({ phases, rollback, rollbackPhase }: DeploymentView, filter: ItemFilter) {
  if (rollback === null) return phases;
  return filter === "all" ? [rollbackPhase, ...phases] : [rollbackPhase];
}

function segmentsOf(view: DeploymentView, me: string): readonly Segment<ItemFilter>[] {
  const count = (filter: ItemFilter) =>
    phasesOf(view, filter)
      .flatMap(({ sections }) => sections.flatMap((section) => section.items))
      .filter((item) => isShown(item, filter, me, { pending: {}, refusals: {} })).length;
  return ITEM_FILTERS.map((value) => ({ value, label: LABELS[value], count: count(value) }));
}

const LABELS: Readonly<Record<ItemFilter, string>> = {
  all: "All",
  open: "Open",
  mine: "Mine",
  blocked: "Unproven",
};

// What was opened is seen, and loses its mark.
function useSeen() {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const see = useCallback((item: string) => setSeen((before) => new Set([...before, item])), []);
  return { seen, see };
}

function findItem(
  view: DeploymentView,
  key: string,
): { item: ItemView; place: string; change: PhaseView["start"] } | undefined {
  for (const phase of [...view.phases, view.rollbackPhase]) {
    for (const section of phase.sections) {
      const item = section.items.find((candidate) => candidate.key === key);
      if (item !== undefined) {
        const titles = phase.sections.length > 1 ? [phase.title, section.title] : [phase.title];
        return { item, place: titles.join(" · "), change: section.change };
      }
    }
  }
  return undefined;
}

// Whoever has an item open beside the list is at that item, wherever the focus is.
function useStandAt(item: string | null): void {
  const { standAt } = useActivity();
  useEffect(() => {
    standAt(item);
    return () => standAt(null);
  }, [item, standAt]);
}

// As one text an item, so that a line is drawn anew only when somebody comes to it or leaves.
function namesByItem(people: readonly Presence[]): Readonly<Record<string, string>> {
  const names: Record<string, Set<string>> = {};
  for (const { place, name } of people) {
    if (place.startsWith("item:")) (names[place.slice(5)] ??= new Set()).add(name);
  }
  return Object.fromEntries(Object.entries(names).map(([item, here]) => [item, [...here].join(", ")]));
}

// A link to an item opens it, wherever the link stands; the address can be shared.
function useHashTarget(open: (item: string) => void): void {
  useEffect(() => {
    const follow = () => {
      const item = /^#item-([a-z0-9-]+)$/.exec(window.location.hash)?.[1];
      if (item === undefined) return;
      const row = document.getElementById(`item-${item}`);
      row?.closest("details")?.setAttribute("open", "");
      row?.scrollIntoView({ block: "center" });
      open(item);
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [open]);
}
