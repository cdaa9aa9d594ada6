"use client";

import { useState } from "react";
import type { EventView } from "#lib/queries/event-view.ts";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { lookOf } from "./event-looks.ts";
import { FreshRow, FreshRows } from "./fresh-rows.tsx";
import { LogDays, LogMoment } from "./log-days.tsx";

const RawEvent = later(() => import("./raw-event.tsx"));

/** An event as its line in a list says it. */
export type EventLineView = Pick<EventView, "stream" | "seq" | "type" | "at" | "predicate"> & {
  readonly who: string;
  /** The token that did it in that person's name. */
  readonly token: string | undefined;
  readonly remark: string | undefined;
  /** The record it belongs to, where a list has those of many. */
  readonly of: string | undefined;
  /** The event itself, where it belongs to no record. */
  readonly whole: EventView | undefined;
};

/** Made where they are shown: their markup would be a multiple of what they say. */
export function EventLines({ lines }: { lines: readonly EventLineView[] }) {
  return (
    <FreshRows>
      <LogDays entries={lines} keyOf={({ stream, seq }) => `${stream}:${seq}`}>
        {(line) => (
          <FreshRow>
            <EventLine line={line} />
          </FreshRow>
        )}
      </LogDays>
    </FreshRows>
  );
}

// Opens to the event itself, which is made and read only then.
function EventLine({ line }: { line: EventLineView }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className="group" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary className="event-line">
        <LogMoment at={line.at} look={lookOf(line.type)} />
        <div className="min-w-0 grow basis-0 break-words">
          <p>
            <b className="font-medium">{line.who}</b>
            {line.token && <span className="text-ink-muted"> (token {line.token})</span>}
            {` ${line.predicate}`}
          </p>
          {line.remark && <p className="whitespace-pre-wrap text-ink-muted">“{line.remark}”</p>}
        </div>
        {line.of && <span className="event-aside">{line.of}</span>}
        <span className="event-number max-sm:hidden" title="Its number in its history">{`#${line.seq}`}</span>
        <Icon name="chevron-right" className="event-chevron" />
      </summary>
      {opened && <RawEvent stream={line.stream} seq={line.seq} whole={line.whole} />}
    </details>
  );
}
