import { tellEvent } from "./event-view.ts";

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
  const { stream, seq, at, actor, type, predicate, item } = tellEvent(body);
  return { deployment: stream, seq, at, actor: { id: actor.id, name: actor.name }, type, predicate, item };
}
