import { findItem } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Person } from "./deployment.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";

/** Who assigns: a team lead gives anything to anybody of the team. */
export type Assigner = { readonly id: string; readonly assignsAnybody: boolean };

/**
 * Gives items to somebody, or to nobody, in one event. An engineer takes any item, and gives on what
 * is theirs or nobody's. What stands so already stays as it is.
 */
export function assignItems(itemKeys: readonly string[], owner: Person | null, by: Assigner): Decide {
  return (deployment) => {
    refuseEnded(deployment);
    const changed = [...new Set(itemKeys)]
      .map((key) => refTo(deployment, key))
      .filter(({ item }) => deployment.owners[item]?.id !== owner?.id);
    if (changed.length === 0) return [];
    const taken = changed.find(({ item }) => !mayAssign(deployment.owners[item] ?? null, owner, by));
    if (taken !== undefined) {
      const { name } = deployment.owners[taken.item] ?? { name: "somebody" };
      throw new Rejection(
        "forbidden",
        `“${taken.title}” is ${name}’s; a team lead gives it to somebody else`,
      );
    }
    const { id: ownerId, name: ownerName } = owner ?? { id: null, name: null };
    return [{ type: "items.assigned", data: { items: changed, ownerId, ownerName } }];
  };
}

/** Whether an item that is `before`'s may become `after`'s by this hand. */
export function mayAssign(
  before: { readonly id: string } | null,
  after: { readonly id: string } | null,
  by: Assigner,
): boolean {
  return by.assignsAnybody || after?.id === by.id || before === null || before.id === by.id;
}

function refTo({ checklist }: Deployment, key: string): { readonly item: string; readonly title: string } {
  const place = findItem(checklist, key);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  return { item: key, title: place.item.title };
}
