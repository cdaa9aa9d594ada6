"use client";

import { useCallback } from "react";
import { useMe } from "#components/live/live-provider.tsx";
import { findItemView } from "./find-item-view.ts";
import type { KeptChange } from "./kept-changes.ts";
import { useActivity } from "./record-activity.tsx";
import { useCurrent } from "./use-deployment.ts";
import { firstOf, type First } from "./who-was-first.ts";

/** Who was at an item just before a click on it. */
export function useFirsts(): (answered: readonly KeptChange[]) => Readonly<Record<string, First>> {
  const me = useMe();
  const current = useCurrent();
  const { lastByOthers } = useActivity();
  return useCallback(
    (answered) => {
      const view = current();
      const found = answered.flatMap((one) => {
        const { item } = one.change;
        const first = firstOf(one, findItemView(view, item), me.id, lastByOthers(item));
        return first === null ? [] : [[item, first] as const];
      });
      return Object.fromEntries(found);
    },
    [current, lastByOthers, me.id],
  );
}
