"use client";

import { useState } from "react";
import { useInitialDeployment } from "#components/deployment/initial-deployment.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { useDeployment } from "#components/deployment/use-deployment.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { EVENTS_SHOWN } from "./events-shown.ts";

export type FeedEvent = {
  readonly seq: number;
  readonly at: string;
  readonly name: string;
  readonly predicate: string;
};

/** What happened last, newest first; what comes in slides in once. */
export function EventFeed({ initial }: { initial: readonly FeedEvent[] }) {
  const { id } = useInitialDeployment();
  const { now } = useDeployment();
  const [heard, setHeard] = useState<readonly FeedEvent[]>([]);
  useLive((message) => {
    if (message.kind !== "change" || message.event.deployment !== id) return;
    const { seq, at, actor, predicate } = message.event;
    setHeard((before) => [{ seq, at, name: actor.name, predicate }, ...before].slice(0, EVENTS_SHOWN));
  });
  const known = new Set(heard.map(({ seq }) => seq));
  const events = [...heard, ...initial.filter(({ seq }) => !known.has(seq))]
    .toSorted((a, b) => b.seq - a.seq)
    .slice(0, EVENTS_SHOWN);
  return (
    <Panel aria-labelledby="events">
      <PanelHeader id="events" title="What happened last" />
      <ol className="divide-y divide-line" aria-live="off">
        {events.map(({ seq, at, name, predicate }) => (
          <li key={seq} className={known.has(seq) ? "animate-arrive" : undefined}>
            <p className="flex gap-3 px-4 py-1.5">
              <time
                dateTime={at}
                title={at}
                className="w-11 shrink-0 font-mono text-sm leading-5 text-ink-faint tabular-nums"
              >
                {sameDay(at, now)
                  ? at.slice(11, 16)
                  : `${formatDate(Date.parse(at)).slice(0, -5)} ${at.slice(11, 16)}`}
              </time>
              <span className="min-w-0 break-words">
                <span className="font-medium">{name}</span> {predicate}
              </span>
            </p>
          </li>
        ))}
      </ol>
      <p className="border-t border-line px-4 py-1.5 text-sm text-ink-faint">Times in UTC.</p>
    </Panel>
  );
}

function sameDay(one: string, other: string): boolean {
  return one.slice(0, 10) === other.slice(0, 10);
}
