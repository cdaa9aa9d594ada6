import type { EventView } from "#lib/queries/event-view.ts";
import { EventLines, type EventLineView } from "./event-lines.tsx";

type EventListProps = { readonly events: readonly EventView[]; readonly withDeployment?: boolean };

/** What happened, as sentences, day by day; each opens to the very text that its hash covers. */
export function EventList({ events, withDeployment = false }: EventListProps) {
  return <EventLines lines={events.map((event) => lineOf(event, withDeployment))} />;
}

// A page of events is sent as what its lines say: what an event of a record holds besides can be long,
// and is read when one is opened.
function lineOf(event: EventView, withDeployment: boolean): EventLineView {
  const { stream, seq, type, at, actor, predicate, remark, deployment } = event;
  return {
    stream,
    seq,
    type,
    at,
    who: actor.name,
    token: actor.token?.name,
    predicate,
    remark: remark ?? undefined,
    of: withDeployment && deployment ? `${deployment.service} ${deployment.version}` : undefined,
    whole: deployment === null ? event : undefined,
  };
}
