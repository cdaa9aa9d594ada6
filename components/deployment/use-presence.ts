"use client";

import { usePathname } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Presence } from "#lib/queries/presence.ts";
import { useConnection, useLive, useMe } from "#components/live/live-provider.tsx";
import { useCurrent } from "./use-deployment.ts";

/** The server forgets a tab that is silent for nine seconds. */
const BEAT_MS = 4_000;
/** Moving through a list with the keyboard is told when it comes to rest. */
const REST_MS = 250;

/** Says where this tab is while it is looked at, and hears where the others are. */
export function usePresence(deploymentId: string, openItem: string | null): readonly Presence[] {
  const [people, setPeople] = useState<readonly Presence[]>([]);
  const me = useMe();
  const { state } = useConnection();
  const tab = useRef("");
  const current = useCurrent();
  const page = placeOfPath(usePathname());
  const focused = useFocusedItem();
  const item = openItem ?? focused;
  const place = page === "checklist" && item !== null ? `item:${item}` : page;

  const say = useCallback(
    async (at: string | null) => {
      if (tab.current === "") tab.current = crypto.randomUUID();
      const answer = await fetch("/api/live/presence", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          deploymentId,
          tab: tab.current,
          place: at,
          ...(at === null && { seen: current().revision }),
        }),
        keepalive: at === null,
      }).catch(() => null);
      if (answer?.ok === true && at !== null) setPeople(peopleIn(await answer.json()));
    },
    [current, deploymentId],
  );

  useEffect(() => {
    if (state !== "open") return;
    const sayIfVisible = () => {
      if (document.visibilityState === "visible") void say(place);
    };
    const rest = setTimeout(sayIfVisible, REST_MS);
    const beat = setInterval(sayIfVisible, BEAT_MS);
    return () => {
      clearTimeout(rest);
      clearInterval(beat);
    };
  }, [place, say, state]);

  useEffect(() => {
    const leave = () => void say(null);
    const turn = () => void say(document.visibilityState === "visible" ? place : null);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", turn);
    return () => {
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", turn);
    };
  }, [place, say]);

  // Another page of the app: this tab is on the record no longer.
  useEffect(() => () => void say(null), [say]);

  useLive((message) => {
    if (message.kind === "presence" && message.deployment === deploymentId) setPeople(message.people);
  });
  // What was heard before the connection broke is not known to be so any more.
  return state === "open" ? people.filter(({ id }) => id !== me.id) : [];
}

function useFocusedItem(): string | null {
  const [item, setItem] = useState<string | null>(null);
  useEffect(() => {
    const follow = () =>
      setItem(document.activeElement?.closest<HTMLElement>("[data-item]")?.dataset["item"] ?? null);
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);
  return item;
}

function placeOfPath(path: string): string {
  const tab = path.split("/")[3];
  return tab === "sign-off" || tab === "slo" || tab === "history" || tab === "war-room" ? tab : "checklist";
}

// Only `receivePresence` answers there.
function peopleIn(json: unknown): readonly Presence[] {
  return (json as { people: readonly Presence[] }).people;
}
