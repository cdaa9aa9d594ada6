"use client";

import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { Presence } from "#lib/queries/presence.ts";
import { useLive, useMe } from "#components/live/live-provider.tsx";
import { crowdPause } from "./crowd-pause.ts";
import { useInitialDeployment } from "./initial-deployment.ts";
import { useCatchUp, useDeployment, useRefresh, useShowEvent } from "./use-deployment.ts";
import { usePresence } from "./use-presence.ts";
import { useRefreshAt } from "./use-refresh-at.ts";

type Heard = { readonly event: LiveEvent; readonly heardAt: number };

type Activity = {
  /** The last event on an item that somebody else made while this page was open. */
  readonly lastByOthers: (item: string) => Heard | undefined;
  /** Says that an item's sheet is open here, or none. */
  readonly standAt: (item: string | null) => void;
};

const ActivityContext = createContext<Activity | null>(null);
const PeopleContext = createContext<readonly Presence[]>([]);
const LatestContext = createContext<LiveEvent | null>(null);

/** Keeps a record's page in step with the stream, and knows who else is here and what they just did. */
export function RecordActivity({ children }: { children: ReactNode }) {
  const { id } = useInitialDeployment();
  const me = useMe();
  const catchUp = useCatchUp();
  const showEvent = useShowEvent();
  const refresh = useRefresh();
  const byItem = useRef(new Map<string, Heard>());
  const [openItem, standAt] = useState<string | null>(null);
  const [latest, setLatest] = useState<LiveEvent | null>(null);
  const people = usePresence(id, openItem);
  useRefreshAt(nextTurn(useDeployment()));

  // Not all at once, where many look at the same record.
  const inTheCrowd = (read: () => unknown) => setTimeout(read, Math.random() * crowdPause(people.length));
  useLive((message) => {
    if (message.kind === "ready") return void refresh();
    if (message.kind === "surroundings") return void inTheCrowd(refresh);
    if (message.kind !== "change" || message.event.deployment !== id) return;
    const { event } = message;
    showEvent(event);
    inTheCrowd(() => catchUp(event.seq));
    if (event.actor.id === me.id) return;
    if (event.item !== null) byItem.current.set(event.item, { event, heardAt: Date.now() });
    setLatest(event);
  });

  const activity = useMemo<Activity>(
    () => ({ lastByOthers: (item) => byItem.current.get(item), standAt }),
    [],
  );
  return (
    <ActivityContext value={activity}>
      <PeopleContext value={people}>
        <LatestContext value={latest}>{children}</LatestContext>
      </PeopleContext>
    </ActivityContext>
  );
}

/** When the next freeze over the record begins or ends, by the clock alone. */
function nextTurn({ freezes, now }: DeploymentView): string | null {
  const turns = freezes.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return turns.filter((at) => at > now).toSorted()[0] ?? null;
}

export function useActivity(): Activity {
  const activity = useContext(ActivityContext);
  if (activity === null) throw new Error("this stands outside a deployment's page");
  return activity;
}

/** Who else looks at this record, a line for each of their tabs. */
export function usePeopleHere(): readonly Presence[] {
  return useContext(PeopleContext);
}

/** The last event that somebody else made while this page was open. */
export function useLatestEvent(): LiveEvent | null {
  return useContext(LatestContext);
}
