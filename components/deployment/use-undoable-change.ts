"use client";

import { useCallback, useEffect, useRef } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import { findItemView } from "./find-item-view.ts";
import { useCurrent } from "./use-deployment.ts";
import type { ItemChanges } from "./use-item-changes.ts";
import type { Undo } from "./use-undo.ts";

/** Changes an item and offers the way back to how it stood on the screen. */
export function useUndoableChange(
  { change, pending }: Pick<ItemChanges, "change" | "pending">,
  offer: (undo: Undo) => void,
): (change: ItemChange) => void {
  const current = useCurrent();
  const waiting = useRef(pending);
  useEffect(() => {
    waiting.current = pending;
  }, [pending]);
  return useCallback(
    (next) => {
      const { item: key } = next;
      const item = findItemView(current(), key);
      if (item === undefined) return;
      const { status, reason } = item;
      const back: ItemChange =
        waiting.current[key] ??
        (status === "not-applicable" ? { item: key, to: status, reason } : { item: key, to: status });
      change(next);
      offer({ items: [key], words: "Changed", run: () => change(back) });
    },
    [change, current, offer],
  );
}
