"use client";

import { useState } from "react";
import { readMoment } from "#lib/domain/typed-dates.ts";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import { useTimeZone } from "#components/clock/use-time-zone.ts";
import { useMe } from "#components/live/live-provider.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { findItemView } from "./find-item-view.ts";
import { OwnerSelect } from "./owner-select.tsx";
import { useDeployment } from "./use-deployment.ts";
import type { Selection } from "./use-selection.ts";
import type { Work } from "./use-work.ts";

type SelectionBarProps = {
  readonly selection: Selection;
  readonly work: Work;
  readonly onChange: (change: ItemChange) => void;
};

/** What can be done with the chosen items together. */
export default function SelectionBar({ selection, work, onChange }: SelectionBarProps) {
  const view = useDeployment();
  const me = useMe();
  const [due, setDue] = useState("");
  // On a phone the date takes the place of the owner.
  const [dating, setDating] = useState(false);
  const items = [...selection.items];
  const { assign, assignAnybody, setDue: maySetDue } = view.abilities;
  const open = items.filter((item) => findItemView(view, item)?.status === "open");
  const tick = () => {
    for (const item of open) onChange({ item, to: "done" });
    selection.clear();
  };
  const give = async (ownerId: string | null) => {
    await work.assign(items, ownerId);
    selection.clear();
  };
  const dueAt = readMoment(useTimeZone(), due);
  return (
    <section
      aria-label="Chosen items"
      className="fixed bottom-3 left-1/2 z-30 flex w-max max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-sheet max-lg:inset-x-0 max-lg:bottom-0 max-lg:w-auto max-lg:max-w-none max-lg:translate-x-0 max-lg:rounded-none max-lg:border-x-0 max-lg:border-b-0"
    >
      <p role="status" className="mr-1 font-medium tabular-nums">
        {items.length} chosen
      </p>
      <Button onClick={tick} disabledReason={open.length === 0 ? "None of them is open" : undefined}>
        <Icon name="check-all" />
        Tick
      </Button>
      <Button onClick={() => void give(me.id)} disabledReason={whyNot(assign)}>
        <Icon name="person" />
        Take
      </Button>
      <Button variant="ghost" className="ml-auto sm:order-last" onClick={selection.clear}>
        <Icon name="close" />
        Clear
      </Button>
      {assign.allowed && (
        <span className={cn("w-40", dating && "max-sm:hidden")}>
          <OwnerSelect
            control={{ "aria-label": "Assign the chosen items to" }}
            owner={undefined}
            others={assignAnybody.allowed ? assignAnybody : assign}
            onChoose={(ownerId) => void give(ownerId)}
          />
        </span>
      )}
      {maySetDue.allowed && (
        <>
          <Button className="sm:hidden" hidden={dating} onClick={() => setDating(true)}>
            Due…
          </Button>
          <span className={cn("flex items-center gap-1", !dating && "max-sm:hidden")}>
            <DateTimeInput
              aria-label="Due"
              className="w-60"
              placeholder="Day and time"
              onChange={({ target }) => setDue(target.value)}
            />
            <Button
              disabledReason={dueAt.ok ? undefined : "Give a date and time"}
              onClick={() => dueAt.ok && void work.setDue(items, dueAt.value).then(selection.clear)}
            >
              Set due
            </Button>
          </span>
        </>
      )}
    </section>
  );
}
