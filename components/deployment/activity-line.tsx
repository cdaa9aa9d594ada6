"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { Presence } from "#lib/queries/presence.ts";
import { useConnection } from "#components/live/live-provider.tsx";
import { Initials } from "#components/ui/initials.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";
import { findItemView } from "./find-item-view.ts";
import { useLatestEvent, usePeopleHere } from "./record-activity.tsx";
import { useDeployment } from "./use-deployment.ts";

const SHOWN = 5;

/** Who is here, and what the others did last, at the end of a line that is there anyway. */
export function ActivityLine() {
  const latest = useLatestEvent();
  const missed = useMissed();
  return (
    <div className="flex min-w-0 grow items-center justify-end gap-3 text-sm text-ink-muted">
      <PeopleHere />
      <p className="min-w-0 truncate empty:hidden max-sm:hidden">
        {missed > 0
          ? `${missed} ${missed === 1 ? "change" : "changes"} while the connection was away`
          : latest !== null && (
              <span key={latest.seq} className="inline-block max-w-full animate-arrive truncate align-bottom">
                <span className="font-medium text-ink">{latest.actor.name}</span> {latest.predicate}
              </span>
            )}
      </p>
      <LiveRegion message={useAnnouncement(latest)} />
    </div>
  );
}

/** The others who are here, each once, where they are in words; nothing when one is alone. */
export function PeopleHere() {
  const view = useDeployment();
  const people = usePeopleHere();
  const byPerson = Map.groupBy(people, ({ id }) => id);
  const others = [...byPerson.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  if (others.length === 0) return null;
  return (
    <ul aria-label="Also here" className="flex shrink-0 items-center -space-x-1">
      {others.slice(0, SHOWN).map((person) => (
        <li key={person.id} className="animate-arrive">
          <span role="img" aria-label={whereabouts(person)} title={whereabouts(person)}>
            <Initials name={person.name} decorative className="border-surface ring-1 ring-waiting-border" />
          </span>
        </li>
      ))}
      {others.length > SHOWN && <li className="pl-2 tabular-nums">+{others.length - SHOWN}</li>}
    </ul>
  );

  function whereabouts({ name, place }: Presence): string {
    if (!place.startsWith("item:")) return `${name}, ${PLACES[place] ?? "here"}`;
    const title = findItemView(view, place.slice(5))?.title;
    return title === undefined ? name : `${name}, at “${title}”`;
  }
}

const PLACES: Readonly<Record<string, string>> = {
  checklist: "on the checklist",
  "sign-off": "on the sign-off",
  slo: "on the SLO targets",
  history: "reading the history",
  "war-room": "in the war room",
};

/** How many events came while the stream was away, until the next one is seen live. */
function useMissed(): number {
  const { revision } = useDeployment();
  const { state } = useConnection();
  const latest = useLatestEvent();
  const [left, setLeft] = useState<number | null>(null);
  if (state === "away" && left === null) setLeft(revision);
  if (state === "open" && left !== null && latest !== null && latest.seq > left && latest.seq === revision)
    setLeft(null);
  return state === "open" && left !== null ? revision - left : 0;
}

const ANNOUNCE_EVERY_MS = 5_000;

/** One polite sentence in five seconds at most; what comes thicker is counted. */
function useAnnouncement(latest: LiveEvent | null): string {
  const [message, setMessage] = useState("");
  const waiting = useRef<LiveEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (latest === null) return;
    waiting.current.push(latest);
    if (timer.current !== undefined) return;
    const announce = () => {
      const events = waiting.current;
      waiting.current = [];
      timer.current = events.length === 0 ? undefined : setTimeout(announce, ANNOUNCE_EVERY_MS);
      if (events.length > 0) setMessage(sentenceFor(events));
    };
    announce();
  }, [latest]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return message;
}

function sentenceFor(events: readonly LiveEvent[]): string {
  const [event] = events;
  if (event !== undefined && events.length === 1) return `${event.actor.name} ${event.predicate}`;
  const names = [...new Set(events.map(({ actor }) => actor.name))];
  const who = names.length > 3 ? `${names.length} people` : names.join(", ");
  return `${events.length} changes by ${who}`;
}
