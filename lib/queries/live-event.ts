import { predicateOf } from "#lib/domain/sentences.ts";
import { parseEvent } from "./list-events.ts";

/** One event as it goes out to whoever has the record open: a sentence, and where it happened. */
export type LiveEvent = {
  readonly deployment: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly type: string;
  /** What happened, without its subject. */
  readonly predicate: string;
  readonly item: string | null;
};

/** The event that a canonical text says. */
export function liveEvent(body: string): LiveEvent {
  const event = parseEvent(body);
  return {
    deployment: event.stream,
    seq: event.seq,
    at: event.at,
    actor: { id: event.actor.id, name: event.actor.name },
    type: event.type,
    predicate: predicateOf(event),
    item: "item" in event.data ? event.data.item : null,
  };
}
