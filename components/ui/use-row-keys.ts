"use client";

import { type RefObject, useEffect } from "react";
import { isPageKey } from "./page-keys.ts";

/**
 * The keyboard on a list: j and k move between what opens its rows (`data-row`, `data-open`), x presses
 * what marks one (`data-mark`).
 */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key } = event;
      if (event.defaultPrevented || !isPageKey(event)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      const here = rows.findIndex((row) => row.contains(document.activeElement));
      if (key === "j" || key === "k") {
        const next = rows[here === -1 ? 0 : here + (key === "j" ? 1 : -1)];
        next?.querySelector<HTMLElement>("[data-open]")?.focus();
      } else if (key === "x") rows[here]?.querySelector<HTMLElement>("[data-mark]")?.click();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list]);
}
