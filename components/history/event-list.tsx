import type { EventView } from "#lib/queries/event-view.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { EventDetails } from "./event-details.tsx";
import { FreshRow, FreshRows } from "./fresh-rows.tsx";
import type { RawEventView } from "./raw-event.tsx";
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
    <EventDetails event={rawOf(event)}>
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
    </EventDetails>
  );
}

// A record's events can be long, a hundred of them very long: their text is read when one is opened.
function rawOf({ stream, seq, type, hash, prev, removed, deployment, body }: EventView): RawEventView {
  return { stream, seq, type, hash, prev, removed, deployment, body: deployment === null ? body : null };
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
