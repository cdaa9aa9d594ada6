"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from "react";
import { learnServerTime } from "#components/clock/server-clock.ts";
import type { Connection, LiveMessage } from "./live-message.ts";
import { shareStream } from "./share-stream.ts";

type LiveProviderProps = {
  readonly person: Person;
  /** By the server, when it drew this page. */
  readonly now: string;
  readonly children: ReactNode;
};
type Person = { readonly id: string; readonly name: string };
type Listener = (message: LiveMessage) => void;
type Live = { readonly person: Person; readonly listeners: Set<Listener> };

const LiveContext = createContext<Live | null>(null);
const ConnectionContext = createContext<Connection>({ state: "connecting" });

/** Brings to every part of the page what others do, through one stream. */
export function LiveProvider({ person, now, children }: LiveProviderProps) {
  const { id, name } = person;
  const live = useMemo(() => ({ person: { id, name }, listeners: new Set<Listener>() }), [id, name]);
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });
  useEffect(() => learnServerTime(now), [now]);
  useEffect(
    () =>
      shareStream(live.person.id, {
        message: (message) => live.listeners.forEach((listener) => listener(message)),
        connection: setConnection,
      }),
    [live],
  );
  return (
    <LiveContext value={live}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </LiveContext>
  );
}

/** Calls back with whatever the stream says while the component stands on the page. */
export function useLive(onMessage: Listener): void {
  const { listeners } = useLiveContext();
  const listener = useEffectEvent(onMessage);
  useEffect(() => {
    const heard: Listener = (message) => listener(message);
    listeners.add(heard);
    return () => {
      listeners.delete(heard);
    };
  }, [listeners]);
}

/** Whoever is signed in on this page. */
export function useMe(): Person {
  return useLiveContext().person;
}

export function useConnection(): Connection {
  return useContext(ConnectionContext);
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("this stands outside the app's frame");
  return live;
}
