import { shellFlaw } from "#lib/proof/shell-flaw.ts";
import { eventFlaw, type StoredEvent } from "#lib/proof/event-flaw.ts";

/** What is wrong with the history, and where it shows first. */
export type Flaw = {
  /** Null when it is about the log as a whole. */
  readonly stream: string | null;
  /** The event; null when it is a table, or a checkpoint. */
  readonly seq: number | null;
  readonly message: string;
};

/** An event as the log names it: where it stands there, and its hash. */
export type LoggedEvent = { readonly seq: number; readonly hash: string; readonly index: number };

/** Where a stream ends by its record's own account. */
export type StreamHead = {
  readonly id: string;
  readonly revision: number;
  readonly head_hash: string | null;
};

/**
 * The first break in one stream's chain, or against what the log names of it; null when it is whole.
 * `stoneSeq` is the stone that tells of the removal of its content: then every event has to be a
 * shell that names it. Without a stone a shell is a flaw like any other text that its hash does not cover.
 */
export function chainFlaw(
  { id, revision, head_hash }: StreamHead,
  events: readonly StoredEvent[],
  logged: readonly LoggedEvent[],
  stoneSeq: number | null,
): Flaw | null {
  const named = Map.groupBy(logged, ({ seq }) => seq);
  let prev: string | null = null;
  for (const [index, event] of events.entries()) {
    const place = { stream: id, seq: index + 1, prev };
    const flaw = stoneSeq === null ? eventFlaw(place, event) : shellFlaw(place, event, stoneSeq);
    if (flaw !== null) {
      const seq = flaw.code === "event-missing" ? index + 1 : event.seq;
      return { stream: id, seq, message: flaw.message };
    }
    const entries = named.get(event.seq) ?? [];
    const other = entries.find(({ hash }) => hash !== event.hash) ?? entries[1];
    if (other !== undefined)
      return {
        stream: id,
        seq: event.seq,
        message: `entry ${other.index + 1} of the log names another event here`,
      };
    prev = event.hash;
  }
  const gone = logged.find(({ seq }) => seq > events.length);
  if (gone !== undefined)
    return {
      stream: id,
      seq: events.length + 1,
      message: `it was cut off after event ${events.length}; the log names event ${gone.seq}`,
    };
  if (events.length !== revision)
    return {
      stream: id,
      seq: events.length + 1,
      message: `its record counts ${revision} events, there are ${events.length}`,
    };
  return prev === head_hash
    ? null
    : { stream: id, seq: events.length, message: "its record ends with another hash" };
}
