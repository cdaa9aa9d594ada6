import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import type { KeptChange } from "./kept-changes.ts";

/** Somebody who was at an item just before; `at` by the server's clock. */
export type First = { readonly name: string; readonly did: string; readonly at: string };

/** Two people within so long are at the item at once. */
const AT_ONCE_MS = 10_000;

const DID: Readonly<Record<string, string>> = {
  "item.checked": "ticked this",
  "item.unchecked": "took the tick back",
  "item.waived": "marked this not applicable",
  "item.waiver-withdrawn": "took ‘not applicable’ back",
};

/**
 * Who was first, for whoever clicked later: the one whose mark stands though one clicked for it
 * oneself, or the one who had changed the item moments before. Null when nobody else was there.
 */
export function firstOf(
  { change, clickedAt }: KeptChange,
  item: ItemView | undefined,
  myId: string,
  last: { readonly event: LiveEvent; readonly heardAt: number } | undefined,
): First | null {
  const settled = item?.settled ?? null;
  if (item !== undefined && item.status === change.to && settled !== null && settled.by.id !== myId) {
    const did = item.status === "done" ? "ticked this" : "marked this not applicable";
    return { name: settled.by.name, did, at: settled.at };
  }
  const did = last === undefined ? undefined : DID[last.event.type];
  if (last === undefined || did === undefined || Math.abs(clickedAt - last.heardAt) > AT_ONCE_MS) return null;
  return { name: last.event.actor.name, did, at: last.event.at };
}
