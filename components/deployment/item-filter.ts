"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import type { ItemChanges } from "./use-item-changes.ts";

export const ITEM_FILTERS = ["all", "open", "mine", "blocked"] as const;

export type ItemFilter = (typeof ITEM_FILTERS)[number];

/** Which items are shown: as the address says, so that it can be shared and linked to. */
export function useItemFilter(): readonly [ItemFilter, (filter: ItemFilter) => void] {
  const asked = useSearchParams().get("items");
  const filter = ITEM_FILTERS.find((candidate) => candidate === asked) ?? "all";
  const choose = useCallback((next: ItemFilter) => {
    const address = new URL(window.location.href);
    if (next === "all") address.searchParams.delete("items");
    else address.searchParams.set("items", next);
    window.history.replaceState(null, "", address);
  }, []);
  return [filter, choose];
}

/** Whether an item passes; what was just clicked or refused stays in sight under any filter. */
export function isShown(
  item: ItemView,
  filter: ItemFilter,
  me: string,
  { pending, refusals }: Pick<ItemChanges, "pending" | "refusals">,
): boolean {
  if (pending[item.key] !== undefined || refusals[item.key] !== undefined) return true;
  switch (filter) {
    case "all":
      return true;
    case "open":
      return item.status === "open";
    case "mine":
      return isMine(item, me);
    case "blocked":
      return item.judgement !== null && item.judgement.verdict !== "met";
  }
}

/** Whether an open item is this person's. */
export function isMine(item: ItemView, me: string): boolean {
  return item.status === "open" && item.owner?.id === me;
}
