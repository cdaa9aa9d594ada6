import type { RecordedEvent } from "#lib/domain/recorded-event.ts";
import { predicateOf, remarkOf } from "#lib/domain/sentences.ts";
import type { Shell } from "#lib/domain/stones.ts";
import type { EventRow } from "./event-rows.ts";

export type EventView = {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: RecordedEvent["actor"];
  /** What happened, without its subject. */
  readonly predicate: string;
  readonly remark: string | null;
  readonly item: string | null;
  readonly hash: string;
  readonly prev: string | null;
  /** The canonical text that the hash covers; what is left of it where the content was removed. */
  readonly body: string;
  /** The stone in the installation's history that tells of the removal of its content. */
  readonly removed: number | null;
  /** The deployment it belongs to; null for people, roles and teams. */
  readonly deployment: { readonly id: string; readonly service: string; readonly version: string } | null;
};

/** An event as people and programs read it. */
export function viewEvent(row: EventRow): EventView {
  return {
    ...tellEvent(row.body),
    hash: row.hash,
    body: row.body,
    deployment:
      row.service === null ? null : { id: row.stream_id, service: row.service, version: row.version ?? "" },
  };
}

/** What the canonical text of an event says by itself. */
export function tellEvent(body: string): Omit<EventView, "hash" | "body" | "deployment"> {
  const event = parseEvent(body);
  const { stream, seq, type, at, prev } = event;
  return { stream, seq, type, at, prev, ...("removed" in event ? viewShell(event) : viewWhole(event)) };
}

function viewWhole(event: RecordedEvent) {
  return {
    actor: event.actor,
    predicate: predicateOf(event),
    remark: remarkOf(event),
    item: itemOf(event),
    removed: null,
  };
}

// One of several items is not the item of the event.
function itemOf({ data }: RecordedEvent): string | null {
  if ("item" in data) return data.item;
  return "items" in data && data.items.length === 1 ? (data.items[0]?.item ?? null) : null;
}

function viewShell({ actor, type, removed }: Shell) {
  return {
    actor: { kind: "person" as const, id: actor.id, name: "Somebody" },
    predicate: `did something whose content was removed (${type})`,
    remark: null,
    item: null,
    removed,
  };
}

// Only `chain` writes these texts, from typed events, and nothing may change them afterwards but
// the removal, which leaves a shell.
function parseEvent(body: string): RecordedEvent | Shell {
  return JSON.parse(body) as RecordedEvent | Shell;
}
