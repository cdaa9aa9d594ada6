"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import type { DeploymentView, ItemView, PhaseView } from "#lib/queries/deployment-view.ts";
import type { Presence } from "#lib/queries/presence.ts";
import { Icon } from "#components/ui/icon.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { PhaseSection } from "./phase-section.tsx";
import { useChecklistKeys } from "./use-checklist-keys.ts";
import { useDeployment } from "./use-deployment.ts";
import { useActivity, usePeopleHere } from "./record-activity.tsx";
import { useItemChanges } from "./use-item-changes.ts";

const ItemSheet = dynamic(() => import("./item-sheet.tsx"));
const KeyHelp = dynamic(() => import("#components/shell/key-help.tsx"));

export type ItemFilter = "all" | "open" | "attention";

/** Every phase with its items; the open one unfolded. */
export function Checklist() {
  const view = useDeployment();
  const changes = useItemChanges();
  const list = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<ItemFilter>("all");
  const [shown, setShown] = useState<string | null>(null);
  const [keysShown, setKeysShown] = useState(false);
  useChecklistKeys(list, { onOpen: setShown });
  useHashTarget(setShown);
  useStandAt(shown);
  const here = namesByItem(usePeopleHere());
  const phases = view.rollback === null ? view.phases : [view.rollbackPhase, ...view.phases];
  const place = shown === null ? undefined : findItem(view, shown);
  const refusal = Object.values(changes.refusals).at(-1) ?? "";
  return (
    <div ref={list}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <SegmentedControl
          name="items"
          label="Which items"
          value={filter}
          onValueChange={setFilter}
          segments={[
            { value: "all", label: "All" },
            { value: "open", label: "Open" },
            { value: "attention", label: "Needs attention" },
          ]}
        />
        <button
          type="button"
          onClick={() => setKeysShown(true)}
          className="touch-target hidden items-center gap-1 rounded-sm text-sm text-ink-faint hover:text-ink sm:flex"
        >
          <Icon name="keyboard" /> Keys
        </button>
      </div>
      <div className="grid gap-3">
        {phases.map((phase) => (
          <PhaseSection
            key={phase.key}
            phase={phase}
            isCurrent={phase.key === view.currentPhase}
            filter={filter}
            changes={changes}
            here={here}
            now={view.now}
            onOpen={setShown}
          />
        ))}
      </div>
      <LiveRegion urgent message={refusal} />
      {place !== undefined && (
        <ItemSheet
          key={place.item.key}
          view={view}
          {...place}
          changes={changes}
          onClose={() => setShown(null)}
        />
      )}
      {keysShown && <KeyHelp onClose={() => setKeysShown(false)} />}
    </div>
  );
}

function findItem(
  view: DeploymentView,
  key: string,
): { item: ItemView; phase: PhaseView; change: PhaseView["start"] } | undefined {
  for (const phase of [...view.phases, view.rollbackPhase]) {
    for (const section of phase.sections) {
      const item = section.items.find((candidate) => candidate.key === key);
      if (item !== undefined) return { item, phase, change: section.change };
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
