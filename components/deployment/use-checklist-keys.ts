"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";

type Handlers = { readonly onOpen: (item: string) => void };

/** The keyboard on the checklist: j and k move, x ticks, n and e open the item, ? shows this. */
export function useChecklistKeys(list: RefObject<HTMLElement | null>, { onOpen }: Handlers) {
  const [open, setOpen] = useState(false);
  const toggle = useCallback(() => setOpen((before) => !before), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector("[role=dialog]:not([popover])")
      )
        return;
      const here = currentRow(list.current);
      switch (event.key) {
        case "j":
          move(list.current, here, 1);
          break;
        case "k":
          move(list.current, here, -1);
          break;
        case "x":
          here?.querySelector<HTMLInputElement>("[data-tick]")?.click();
          break;
        case "n":
        case "e":
        case "Enter":
          if (event.key === "Enter" && document.activeElement?.tagName !== "INPUT") return;
          if (here?.dataset["item"]) onOpen(here.dataset["item"]);
          break;
        case "?":
          toggle();
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list, onOpen, toggle]);
  return { open, toggle };
}

function currentRow(list: HTMLElement | null): HTMLElement | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-item]") ?? null;
  return row !== null && list?.contains(row) ? row : null;
}

function move(list: HTMLElement | null, here: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
  const next = rows[here === null ? 0 : rows.indexOf(here) + step];
  next?.querySelector<HTMLElement>("[data-tick]")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
