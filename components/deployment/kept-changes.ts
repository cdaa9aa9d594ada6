import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import { keepOnDevice, keptOnDevice } from "#components/forms/kept-on-device.ts";

/** A click that the server has not confirmed, with what stood on the screen when it was made. */
export type KeptChange = {
  readonly change: ItemChange;
  readonly clickedAt: number;
  readonly saw: { readonly status: ItemView["status"]; readonly settledAt: string | null };
};

type Kept = Readonly<Record<string, KeptChange>>;

export type KeptChanges = ReturnType<typeof keptChanges>;

/** The clicks of one person on one record that this device still owes the server, by item. */
export function keptChanges(personId: string, deploymentId: string) {
  const key = `countersign-ticks:${personId}:${deploymentId}`;
  // Only `write` writes under this key.
  const read = (): Kept => (keptOnDevice(key) ?? {}) as Kept;
  const write = (kept: Kept) => keepOnDevice(key, Object.keys(kept).length === 0 ? null : kept);
  return {
    read,
    any: () => Object.keys(read()).length > 0,
    add: (kept: KeptChange) => write({ ...read(), [kept.change.item]: kept }),
    /** Forgets clicks that are answered; a later click on the same item stays. */
    remove: (answered: readonly KeptChange[]) =>
      write(
        Object.fromEntries(
          Object.entries(read()).filter(
            ([, { change, clickedAt }]) =>
              !answered.some((one) => one.change.item === change.item && one.clickedAt === clickedAt),
          ),
        ),
      ),
  };
}

/** What a click on an item would be based on. */
export function sawOf(item: ItemView): KeptChange["saw"] {
  return { status: item.status, settledAt: item.settled?.at ?? null };
}

/**
 * Why a click that had to wait is not sent: somebody changed the item meanwhile, in another way than
 * it asks for. Null when it may go, and when what it asks for has been done.
 */
export function overtaken({ change, saw }: KeptChange, item: ItemView): string | null {
  const same = saw.status === item.status && saw.settledAt === (item.settled?.at ?? null);
  if (same || change.to === item.status) return null;
  const who = item.settled?.by.name ?? "Somebody";
  const did = { done: "ticked this", "not-applicable": "marked this not applicable", open: "took this back" };
  return `${who} ${did[item.status]} while you were away; yours was not sent.`;
}
