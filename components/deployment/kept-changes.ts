import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import type { DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";
import { keepOnDevice, keptOnDevice } from "#components/forms/kept-on-device.ts";
import { findItemView, phaseViewOf } from "./find-item-view.ts";

/** What is clicked says that something holds, of what is deployed, at that time: no longer than a shift. */
const WAITS_AT_MOST_MS = 12 * 60 * 60_000;

/** A click that the server has not confirmed, with what stood on the screen when it was made. */
export type KeptChange = {
  readonly change: ItemChange;
  readonly clickedAt: number;
  readonly saw: {
    readonly status: ItemView["status"];
    readonly settledAt: string | null;
    /** What is deployed, and the round of its sign-off. */
    readonly what: string;
    readonly t0At: string | null;
  };
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
export function sawOf(item: ItemView, view: DeploymentView): KeptChange["saw"] {
  return {
    status: item.status,
    settledAt: item.settled?.at ?? null,
    what: whatIsDeployed(view),
    t0At: view.t0At,
  };
}

function whatIsDeployed({ details, signOff }: DeploymentView): string {
  return [details.version, details.commit, details.environment, signOff.round].join(" ");
}

/**
 * Why a click that had to wait is not sent: somebody changed the item meanwhile, in another way than
 * it asks for, or it is about another deployment, too old, or would begin a phase. Null when it may go,
 * and when what it asks for has been done.
 */
export function overtaken({ change, clickedAt, saw }: KeptChange, view: DeploymentView): string | null {
  const item = findItemView(view, change.item);
  if (item === undefined) return "This item is gone.";
  if (change.to === item.status) return null;
  if (saw.status !== item.status || saw.settledAt !== (item.settled?.at ?? null)) return byOthers(item);
  if (saw.what !== whatIsDeployed(view) || (saw.t0At !== null && saw.t0At !== view.t0At))
    return "What is deployed has changed while you were away; yours was not sent. Click again if it holds.";
  if (Date.now() - clickedAt > WAITS_AT_MOST_MS)
    return "You clicked this long ago, and it could not be sent. Click again if it still holds.";
  const phase = phaseViewOf(view, item);
  return phase?.state === "ready"
    ? `This would begin “${phase.title}” now, so yours was not sent. Click again to begin it.`
    : null;
}

function byOthers({ status, settled }: ItemView): string {
  const did = { done: "ticked this", "not-applicable": "marked this not applicable", open: "took this back" };
  return `${settled?.by.name ?? "Somebody"} ${did[status]} while you were away; yours was not sent.`;
}
