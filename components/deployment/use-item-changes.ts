"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ItemChange } from "#lib/domain/inputs/checklist-items.ts";
import { settleItemsAction } from "#lib/actions/checklist-items.ts";
import { callAction } from "#components/forms/call-action.ts";
import { useMe } from "#components/live/live-provider.tsx";
import { noteKeptTicks } from "#components/live/kept-ticks.ts";
import { findItemView } from "./find-item-view.ts";
import type { First } from "./who-was-first.ts";
import { useInitialDeployment } from "./initial-deployment.ts";
import { keptChanges, overtaken, sawOf, type KeptChange } from "./kept-changes.ts";
import { useCurrent, useRefresh } from "./use-deployment.ts";
import { useFirsts } from "./use-firsts.ts";
import { useSendingAgain } from "./use-sending-again.ts";

type ByItem<T> = Readonly<Record<string, T>>;

export type ItemChanges = {
  /** What was clicked and not yet confirmed, by item: shown at once. */
  readonly pending: ByItem<ItemChange>;
  /** The server cannot be reached: what is pending is kept on this device until it can. */
  readonly held: boolean;
  /** Why a click was refused, by item; until the next click on it. */
  readonly refusals: ByItem<string>;
  /** Who was at an item just before a click on it; until the next click on it. */
  readonly firsts: ByItem<First>;
  readonly change: (change: ItemChange) => void;
};

/**
 * Clicks on items: shown at once, sent one call at a time. What is clicked while a call is under
 * way goes out together in the next; what is refused goes back with its reason. What cannot be sent
 * is kept on this device, over a reload too, and sent when the server is back.
 */
export function useItemChanges(): ItemChanges {
  const { id } = useInitialDeployment();
  const me = useMe();
  const firstsOf = useFirsts();
  const refresh = useRefresh();
  const current = useCurrent();
  const kept = useMemo(() => keptChanges(me.id, id), [me.id, id]);
  const sending = useRef(false);
  const [pending, setPending] = useState<ByItem<KeptChange>>({});
  const [held, setHeld] = useState(false);
  const [refusals, setRefusals] = useState<ByItem<string>>({});
  const [firsts, setFirsts] = useState<ByItem<First>>({});

  const answer = useCallback(
    (answered: readonly KeptChange[], refused: ByItem<string>, first: ByItem<First> = {}) => {
      kept.remove(answered);
      setRefusals((before) => ({ ...before, ...refused }));
      setFirsts((before) => ({ ...before, ...first }));
      setPending((before) => without(before, answered));
    },
    [kept],
  );

  // What had to wait is held against what others did meanwhile, before it goes out.
  const settleOvertaken = useCallback(() => {
    const waiting = Object.values(kept.read());
    const view = current();
    for (const one of waiting) {
      const { item, to } = one.change;
      const why = overtaken(one, view);
      if (why !== null) answer([one], { [item]: why });
      else if (findItemView(view, item)?.status === to) answer([one], {}, firstsOf([one]));
    }
  }, [answer, current, firstsOf, kept]);

  /** Sends these and says whether the server answered. */
  const sendTogether = useCallback(
    async (batch: readonly KeptChange[]): Promise<boolean> => {
      const changes = batch.map(({ change }) => change);
      const result = await callAction(settleItemsAction, { deploymentId: id, changes });
      if (!result.ok && (result.code === "unreachable" || result.code === "signed-out")) return false;
      await refresh();
      const refused = batch.flatMap(({ change: { item } }, index) => {
        const message = result.ok ? result.value.refusals[index]?.message : result.message;
        return message === undefined ? [] : [[item, message] as const];
      });
      answer(batch, Object.fromEntries(refused), firstsOf(batch));
      return true;
    },
    [answer, firstsOf, id, refresh],
  );

  const send = useCallback(
    async (afterWaiting = false) => {
      if (sending.current) return;
      if (!navigator.onLine) return setHeld(true);
      sending.current = true;
      if (afterWaiting) {
        await refresh();
        setPending((before) => ({ ...kept.read(), ...before }));
        settleOvertaken();
      }
      let answered = true;
      while (answered && kept.any()) answered = await sendTogether(Object.values(kept.read()));
      setHeld(!answered);
      sending.current = false;
    },
    [kept, refresh, sendTogether, settleOvertaken],
  );

  const change = useCallback(
    (next: ItemChange) => {
      const view = current();
      const item = findItemView(view, next.item);
      if (item === undefined) return;
      const click = { change: next, clickedAt: Date.now(), saw: sawOf(item, view) };
      kept.add(click);
      setPending((before) => ({ ...before, [next.item]: click }));
      setRefusals(({ [next.item]: _answered, ...others }) => others);
      setFirsts(({ [next.item]: _old, ...others }) => others);
      void send();
    },
    [current, kept, send],
  );

  useSendingAgain({ kept, held, send });

  const shown = useMemo(
    () => Object.fromEntries(Object.entries(pending).map(([item, click]) => [item, click.change])),
    [pending],
  );
  useEffect(() => {
    noteKeptTicks(held ? Object.keys(shown) : []);
    return () => noteKeptTicks([]);
  }, [held, shown]);
  return { pending: shown, held, refusals, firsts, change };
}

// A later click on the same item is still under way and stays shown.
function without(pending: ByItem<KeptChange>, answered: readonly KeptChange[]): ByItem<KeptChange> {
  return Object.fromEntries(
    Object.entries(pending).filter(
      ([item, { clickedAt }]) =>
        !answered.some((one) => one.change.item === item && one.clickedAt === clickedAt),
    ),
  );
}
