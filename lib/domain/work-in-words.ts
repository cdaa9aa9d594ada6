import { minuteInWords } from "./time.ts";
import type { DeploymentEventData } from "./events.ts";

/** Who owns what from now on: `took “Smoke tests”`, `assigned 3 items to Ada`. */
export function assignedInWords(
  { items, ownerId, ownerName }: DeploymentEventData["items.assigned"],
  actorId: string,
): string {
  if (ownerId === null) return `left ${itemsInWords(items)} without an owner`;
  return ownerId === actorId
    ? `took ${itemsInWords(items)}`
    : `assigned ${itemsInWords(items)} to ${ownerName}`;
}

/** When what is due from now on. */
export function dueInWords({ items, dueAt }: DeploymentEventData["items.due-set"]): string {
  return dueAt === null
    ? `set ${itemsInWords(items)} due with the phase again`
    : `set ${itemsInWords(items)} due on ${minuteInWords(dueAt)}`;
}

/** Where a comment stands, behind what was done to it; nothing for one on the record. */
export function placeInWords({ title }: DeploymentEventData["comment.deleted"]): string {
  return title === null ? "" : ` on “${title}”`;
}

function itemsInWords(items: DeploymentEventData["items.assigned"]["items"]): string {
  const [first] = items;
  return items.length === 1 && first !== undefined ? `“${first.title}”` : `${items.length} items`;
}
