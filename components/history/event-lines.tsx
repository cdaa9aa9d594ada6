"use client";

import { useState } from "react";
import type { EventView } from "#lib/queries/event-view.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { toneText } from "#components/ui/tone.ts";
import { lookOf } from "./event-looks.ts";
import { FreshRow, FreshRows } from "./fresh-rows.tsx";

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
  const days = Map.groupBy(lines, ({ at }) => formatDate(Date.parse(at)));
  return (
    <FreshRows>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3 className="microlabel border-y border-line bg-sunken px-4 py-1.5 first:border-t-0">{day}</h3>
          <ol className="divide-y divide-line">
            {ofDay.map((line) => (
              <FreshRow key={`${line.stream}:${line.seq}`}>
                <EventLine line={line} />
              </FreshRow>
            ))}
          </ol>
        </section>
      ))}
    </FreshRows>
  );
}

// Opens to the event itself, which is made and read only then.
function EventLine({ line }: { line: EventLineView }) {
  const [opened, setOpened] = useState(false);
  const { icon, tone } = lookOf(line.type);
  return (
    <details className="group" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary className="event-line">
        <time dateTime={line.at} title={line.at} className="event-number mt-px w-11">
          {line.at.slice(11, 16)}
        </time>
        <Icon name={icon} className={`mt-0.5 size-4 ${toneText[tone]}`} />
        <div className="min-w-0 grow break-words">
          <p>
            <b className="font-medium">{line.who}</b>
            {line.token && <span className="text-ink-muted"> (token {line.token})</span>}
            {` ${line.predicate}`}
          </p>
          {line.remark && <p className="whitespace-pre-wrap text-ink-muted">“{line.remark}”</p>}
          {line.of && <p className="text-sm text-ink-faint">{line.of}</p>}
        </div>
        <span className="event-number">{`#${line.seq}`}</span>
        <Icon name="chevron-right" className="event-chevron" />
      </summary>
      {opened && <RawEvent stream={line.stream} seq={line.seq} whole={line.whole} />}
    </details>
  );
}
