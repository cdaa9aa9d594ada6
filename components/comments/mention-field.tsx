"use client";

import { type ComponentProps, type KeyboardEvent, useId, useRef, useState } from "react";
import { usePeople } from "#components/deployment/use-people.ts";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { namePrefix, namesLike, type Named } from "./mentions.ts";

const MOST = 6;

/** What is being typed behind an @, where, and which of the people it fits is chosen. */
type Asked = { readonly at: number; readonly typed: string; readonly chosen: number };

/** A text in which an @ and a few letters find somebody who sees the record. */
export function MentionField({ defaultValue, ...control }: ComponentProps<typeof Textarea>) {
  const people = usePeople();
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  // At each drawing, since the people may arrive after what was typed.
  const shown = asked === null ? null : suggestionsFor(asked, people);

  const look = ({ value, selectionStart }: HTMLTextAreaElement) => {
    const prefix = namePrefix(value, selectionStart);
    setAsked(prefix === null ? null : { ...prefix, chosen: 0 });
  };
  const insert = (name: string) => {
    const { current } = field;
    if (current === null || shown === null) return;
    current.setRangeText(`@${name} `, shown.at, current.selectionStart, "end");
    // What keeps drafts listens for it.
    current.dispatchEvent(new Event("input", { bubbles: true }));
    current.focus();
    setAsked(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (asked === null || shown === null) return;
    const { people: names, chosen } = shown;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAsked({ ...asked, chosen: (chosen + step + names.length) % names.length });
    else if (event.key === "Enter" || event.key === "Tab") insert(names[chosen]?.name ?? "");
    else if (event.key === "Escape") setAsked(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="relative">
      <Textarea
        {...control}
        ref={field}
        defaultValue={defaultValue}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown === null ? undefined : `${listId}-${shown.chosen}`}
        onInput={({ currentTarget }) => look(currentTarget)}
        onKeyDown={onKeyDown}
        onBlur={() => setAsked(null)}
      />
      <LiveRegion
        message={shown === null ? "" : `${shown.people.length} people; arrow keys and Enter choose`}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="People"
        hidden={shown === null}
        className="absolute inset-x-0 z-10 mt-1 rounded-md border border-line bg-raised p-1 shadow-popup"
      >
        {shown?.people.map(({ id, name }, index) => (
          <div
            key={id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === shown.chosen}
            // The field keeps the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              insert(name);
            }}
            className="flex min-h-8 cursor-pointer items-center rounded-md px-2 aria-selected:bg-hover pointer-coarse:min-h-11"
          >
            {name}
          </div>
        ))}
      </div>
    </div>
  );
}

type Suggestions = { readonly at: number; readonly people: readonly Named[]; readonly chosen: number };

function suggestionsFor({ at, typed, chosen }: Asked, people: readonly Named[]): Suggestions | null {
  const found = namesLike(typed, people, MOST);
  return found.length === 0 ? null : { at, people: found, chosen };
}
