import { Fragment, type ReactNode } from "react";
import { formatDate } from "#components/clock/format-clock.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";

type LogDaysProps<T> = {
  /** Newest first. */
  readonly entries: readonly T[];
  readonly keyOf: (entry: T) => string;
  /** A list item. */
  readonly children: (entry: T) => ReactNode;
};

/** What happened, day by day in UTC: the frame of every log. */
export function LogDays<T extends { readonly at: string }>({ entries, keyOf, children }: LogDaysProps<T>) {
  const days = Map.groupBy(entries, ({ at }) => formatDate(Date.parse(at)));
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h3 className="microlabel border-y border-line bg-sunken px-4 py-1.5 first:border-t-0">{day}</h3>
      <ol className="divide-y divide-line">
        {ofDay.map((entry) => (
          <Fragment key={keyOf(entry)}>{children(entry)}</Fragment>
        ))}
      </ol>
    </section>
  ));
}

export type LogLook = { readonly icon: IconName; readonly tone: Tone };

/** What every line of a log begins with: when, to the second, and what kind of thing. */
export function LogMoment({ at, look: { icon, tone } }: { at: string; look: LogLook }) {
  return (
    <>
      <time dateTime={at} title={`${at} (UTC)`} className="event-number">
        {at.slice(11, 19)}
      </time>
      <Icon name={icon} className={`mt-0.5 size-4 ${toneText[tone]}`} />
    </>
  );
}

type LogLineProps = {
  readonly at: string;
  readonly look: LogLook;
  /** At the end of the line; on a phone below it. */
  readonly aside?: ReactNode;
  /** The sentence. */
  readonly children: ReactNode;
};

/** A line of a log that does not open to more. */
export function LogLine({ at, look, aside, children }: LogLineProps) {
  return (
    <li className="event-line">
      <LogMoment at={at} look={look} />
      <p className="min-w-0 grow basis-0 break-words">{children}</p>
      {aside && <span className="event-aside">{aside}</span>}
    </li>
  );
}
