"use client";

import { type RefObject, useEffect } from "react";
import { isPageKey } from "#components/ui/page-keys.ts";
import type { Selection } from "./use-selection.ts";

/** Where in an item's sheet the keyboard starts. */
export type SheetPart = "top" | "evidence" | "waiver";

type Handlers = {
  readonly onOpen: (item: string, at: SheetPart) => void;
  readonly onWaive: (item: string) => void;
  readonly onTake: (item: string) => void;
  readonly onUndo: () => void;
  readonly selection: Pick<Selection, "toggle" | "clear">;
};

/**
 * The keyboard on the checklist: j and k move, x ticks, e opens the item at its evidence, n says that it
 * is not applicable, a takes it (or opens what is one's own already, to give it on), s chooses it, z
 * takes the last change back.
 */
export function useChecklistKeys(
  list: RefObject<HTMLElement | null>,
  { onOpen, onWaive, onTake, onUndo, selection: { toggle, clear } }: Handlers,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPageKey(event)) return;
      const here = currentRow(list.current);
      const item = here?.dataset["item"];
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
          if (item) onWaive(item);
          break;
        case "e":
        case "Enter":
          if (event.key === "Enter" && document.activeElement?.tagName !== "INPUT") return;
          if (item) onOpen(item, "evidence");
          break;
        case "a":
          if (item) onTake(item);
          break;
        case "s":
          if (item) toggle(item);
          break;
        case "z":
          onUndo();
          break;
        case "Escape":
          return clear();
        default:
          return;
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list, onOpen, onWaive, onTake, onUndo, toggle, clear]);
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
