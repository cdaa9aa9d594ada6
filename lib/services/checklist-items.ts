import type { Actor } from "#lib/domain/actor.ts";
import type { Decide } from "#lib/domain/change.ts";
import { checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import type { ItemChange, SettleItemsInput } from "#lib/domain/inputs/checklist-items.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeChecklist } from "./change-checklist.ts";

/** What became of each change, in the order asked: null when it stands, else why it was refused. */
export type Settled = { readonly revision: number; readonly refusals: readonly (Rejection | null)[] };

/**
 * Ticks, clears or waives items: one call, one event each. A refused change leaves the others
 * standing. Rejects only when the record may not be seen or the actor settles no items on it.
 */
export async function settleItems(actor: Actor, { changes, ...ref }: SettleItemsInput): Promise<Settled> {
  const refusals = changes.map((): Rejection | null => null);
  const { after } = await changeChecklist(actor, ref, "item.settle", ({ teamId }, by) => {
    const mayWaiveCritical = may(by, "item.waive-critical", teamId);
    return changes.map((change, index): Decide => {
      const decide = settle(change, mayWaiveCritical);
      return (deployment, now, freezes) => {
        try {
          refusals[index] = null;
          return decide(deployment, now, freezes);
        } catch (error) {
          if (!(error instanceof Rejection)) throw error;
          refusals[index] = error;
          return [];
        }
      };
    });
  });
  return { revision: after.revision, refusals };
}

/** Changes one item, and rejects with the rule's reason when it is refused. */
export async function settleItem(
  actor: Actor,
  deploymentId: string,
  change: ItemChange,
  ifRevision?: number,
): Promise<void> {
  const { refusals } = await settleItems(actor, { deploymentId, ifRevision, changes: [change] });
  const refusal = refusals[0];
  if (refusal) throw refusal;
}

function settle(change: ItemChange, mayWaiveCritical: boolean): Decide {
  switch (change.to) {
    case "done":
      return checkItem(change.item);
    case "open":
      return clearItem(change.item);
    case "not-applicable":
      return waiveItem(change.item, change.reason, mayWaiveCritical);
  }
}
