import { sha256 } from "./canonical-json.ts";
import { entryFlaw, parseBody, type EventFlaw, type EventPlace, type StoredEvent } from "./event-flaw.ts";

/**
 * What is wrong with an event whose content was removed: its text no longer stands for its hash, but
 * it must name the stone that tells of the removal, its place and the hash before it. The stone
 * covers the texts of all shells; see `unlawfulRemoval`.
 */
export function shellFlaw(place: EventPlace, { seq, body }: StoredEvent, stone: number): EventFlaw | null {
  if (seq !== place.seq) return { code: "event-missing", message: `event ${place.seq} is missing` };
  const entry = parseBody(body);
  const removed = entry?.["removed"] ?? null;
  if (removed === null)
    return { code: "event-form", message: `stone ${stone} tells of a removal, yet it is whole` };
  if (removed !== stone)
    return { code: "event-form", message: `its content was not removed with stone ${stone}` };
  return entryFlaw(place, entry);
}

/** SHA-256, in hex, over what is left of a record's events, oldest first. */
export function shellsDigest(shells: readonly string[]): string {
  return sha256(shells.join("\n"));
}
