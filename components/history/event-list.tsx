import type { EventView } from "#lib/queries/event-view.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { FreshRow, FreshRows } from "./fresh-rows.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";

type EventListProps = { readonly events: readonly EventView[]; readonly withDeployment?: boolean };

/** What happened, as sentences, day by day; each opens to the very text that its hash covers. */
export function EventList({ events, withDeployment = false }: EventListProps) {
  const days = Map.groupBy(events, ({ at }) => formatDate(Date.parse(at)));
  return (
    <FreshRows>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3 className="microlabel border-y border-line bg-sunken px-4 py-1.5 first:border-t-0">{day}</h3>
          <ol className="divide-y divide-line">
            {ofDay.map((event) => (
              <FreshRow key={`${event.stream}:${event.seq}`}>
                <EventLine event={event} withDeployment={withDeployment} />
              </FreshRow>
            ))}
          </ol>
        </section>
      ))}
    </FreshRows>
  );
}

function EventLine({ event, withDeployment }: { event: EventView; withDeployment: boolean }) {
  const { icon, tone } = lookOf(event.type);
  return (
    <details className="group">
      <summary className="flex list-none items-start gap-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2">
        <time
          dateTime={event.at}
          title={event.at}
          className="mt-px w-11 shrink-0 font-mono text-sm text-ink-faint tabular-nums"
        >
          {event.at.slice(11, 16)}
        </time>
        <Icon name={icon} className={`mt-0.5 size-4 ${toneText[tone]}`} />
        <div className="min-w-0 grow">
          <p className="break-words">
            <span className="font-medium">{event.actor.name}</span>
            {event.actor.token && (
              <span className="text-ink-muted"> (token {event.actor.token.name})</span>
            )}{" "}
            {event.predicate}
          </p>
          {event.remark !== null && (
            <p className="text-ink-muted break-words whitespace-pre-wrap">“{event.remark}”</p>
          )}
          {withDeployment && event.deployment && (
            <p className="text-sm text-ink-faint">
              {event.deployment.service} {event.deployment.version}
            </p>
          )}
        </div>
        <span className="font-mono text-sm text-ink-faint tabular-nums">#{event.seq}</span>
        <Icon
          name="chevron-right"
          className="mt-0.5 size-4 text-ink-faint transition-transform group-open:rotate-90"
        />
      </summary>
      <RawEvent event={event} />
    </details>
  );
}

function RawEvent({ event }: { event: EventView }) {
  return (
    <dl className="mx-4 mb-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-md border border-line bg-sunken px-3 py-2 text-sm">
      {event.deployment && (
        <>
          <dt className="text-ink-faint">record</dt>
          <dd>
            <a
              href={`/deployments/${event.deployment.id}/history`}
              className="underline decoration-line-strong underline-offset-2"
            >
              {event.deployment.service} {event.deployment.version}
            </a>
          </dd>
        </>
      )}
      {event.deployment && event.removed === null && (
        <>
          <dt className="text-ink-faint">moment</dt>
          <dd>
            <a
              href={`/deployments/${event.deployment.id}/history/as-of?event=${event.seq}`}
              className="underline decoration-line-strong underline-offset-2"
            >
              the record as of event {event.seq}
            </a>
          </dd>
        </>
      )}
      {event.removed !== null && (
        <>
          <dt className="text-ink-faint">content</dt>
          <dd>removed; stone {event.removed} of the installation’s history tells of it</dd>
        </>
      )}
      <dt className="text-ink-faint">type</dt>
      <dd className="font-mono">{event.type}</dd>
      <dt className="text-ink-faint">hash</dt>
      <dd className="min-w-0 break-all">
        <CopyButton value={event.hash} label="hash" />
      </dd>
      <dt className="text-ink-faint">previous</dt>
      <dd className="min-w-0 break-all">
        {event.prev === null ? (
          "none: the first event"
        ) : (
          <CopyButton value={event.prev} label="previous hash" />
        )}
      </dd>
      <dt className="text-ink-faint">text</dt>
      <dd className="max-h-60 min-w-0 overflow-auto font-mono text-xs break-all" tabIndex={0}>
        {event.body}
      </dd>
    </dl>
  );
}

function lookOf(type: string): { icon: IconName; tone: Tone } {
  return LOOKS.find(([start]) => type.startsWith(start))?.[1] ?? { icon: "note", tone: "neutral" };
}

const LOOKS: readonly (readonly [string, { icon: IconName; tone: Tone }])[] = [
  ["item.checked", { icon: "check", tone: "done" }],
  ["item.waived", { icon: "minus", tone: "neutral" }],
  ["item.", { icon: "reopen", tone: "neutral" }],
  ["evidence.", { icon: "file", tone: "neutral" }],
  ["phase.reopened", { icon: "reopen", tone: "void" }],
  ["phase.", { icon: "check-all", tone: "done" }],
  ["approval.granted", { icon: "signature", tone: "done" }],
  ["approval.rejected", { icon: "blocked", tone: "blocked" }],
  ["sign-off.voided", { icon: "void", tone: "void" }],
  ["rejection.", { icon: "comment", tone: "waiting" }],
  ["rollback.", { icon: "rollback", tone: "blocked" }],
  ["deployment.completed", { icon: "approve", tone: "done" }],
  ["deployment.rolled-back", { icon: "rollback", tone: "attention" }],
  ["deployment.cancelled", { icon: "void", tone: "void" }],
  ["deployment.", { icon: "deploy", tone: "neutral" }],
  ["legal-hold.", { icon: "lock", tone: "waiting" }],
  ["retention.", { icon: "remove", tone: "void" }],
  ["role.", { icon: "shield", tone: "waiting" }],
  ["person.", { icon: "person", tone: "neutral" }],
  ["team.", { icon: "people", tone: "neutral" }],
];
