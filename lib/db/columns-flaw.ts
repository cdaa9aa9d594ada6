import type { Flaw } from "./chain-flaw.ts";
import type { IndexedEvent } from "./read-stream.ts";

/**
 * The first event whose columns say other than its text; null when there is none. Postgres makes them
 * from the text, until somebody who owns the table lets them say something else: then searches miss it.
 */
export function columnsFlaw(stream: string, events: readonly IndexedEvent[]): Flaw | null {
  const changed = events.find((event) => !isAsItsText(event));
  if (changed === undefined) return null;
  return { stream, seq: changed.seq, message: "what it is found by differs from its text" };
}

function isAsItsText({ body, type, at, actorId, prevHash }: IndexedEvent): boolean {
  const text = textFrom(body);
  return text.type === type && text.at === at && text.actor.id === actorId && text.prev === prevHash;
}

type Text = Omit<IndexedEvent, "seq" | "body" | "hash" | "actorId" | "prevHash"> & {
  readonly actor: { readonly id: string };
  readonly prev: string | null;
};

// The chain has been checked before, so this text is one that `chain` or the removal wrote.
function textFrom(body: string): Text {
  return JSON.parse(body) as Text;
}
