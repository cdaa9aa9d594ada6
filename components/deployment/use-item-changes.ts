"use client";

import { useCallback, useRef, useState } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import { settleItemsAction } from "#lib/actions/checklist-items.ts";
import { callAction } from "#components/forms/call-action.ts";
import { useInitialDeployment } from "./deployment-provider.tsx";
import { useRefresh } from "./use-deployment.ts";

export type ItemChanges = {
  /** What was clicked and not yet confirmed, by item: shown at once. */
  readonly pending: Readonly<Record<string, ItemChange>>;
  /** Why a click was refused, by item; until the next click on it. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly change: (change: ItemChange) => void;
};

/**
 * Clicks on items: shown at once, sent one call at a time. What is clicked while a call is under
 * way goes out together in the next; what is refused goes back with its reason.
 */
export function useItemChanges(): ItemChanges {
  const { id } = useInitialDeployment();
  const refresh = useRefresh();
  const waiting = useRef(new Map<string, ItemChange>());
  const sending = useRef(false);
  const [pending, setPending] = useState<Readonly<Record<string, ItemChange>>>({});
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({});

  const send = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    while (waiting.current.size > 0) {
      const batch = [...waiting.current.values()];
      waiting.current = new Map();
      const result = await callAction(settleItemsAction, { deploymentId: id, changes: batch });
      await refresh();
      const refused = batch.flatMap(({ item }, index) => {
        const message = result.ok ? result.value.refusals[index]?.message : result.message;
        return message === undefined ? [] : [[item, message] as const];
      });
      setRefusals((before) => ({ ...before, ...Object.fromEntries(refused) }));
      setPending((before) => without(before, batch));
    }
    sending.current = false;
  }, [id, refresh]);

  const change = useCallback(
    (next: ItemChange) => {
      waiting.current.set(next.item, next);
      setPending((before) => ({ ...before, [next.item]: next }));
      setRefusals(({ [next.item]: _answered, ...others }) => others);
      void send();
    },
    [send],
  );

  return { pending, refusals, change };
}

// A later click on the same item is still under way and stays shown.
function without(
  pending: Readonly<Record<string, ItemChange>>,
  batch: readonly ItemChange[],
): Readonly<Record<string, ItemChange>> {
  return Object.fromEntries(Object.entries(pending).filter(([, change]) => !batch.includes(change)));
}
