import type { Actor } from "#lib/domain/actor.ts";
import type { Change } from "#lib/domain/change.ts";
import type { DeploymentEventType } from "#lib/domain/events.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { signedContent } from "#lib/domain/signed-content.ts";
import { keepNewest } from "#lib/keep-newest.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";

/** What a history takes of its bundle's manifest: its events, their bytes, and the contents that signatures name. */
export type Weight = { readonly events: number; readonly bytes: number; readonly contents: number };

/** What the events after some one weigh: their bytes, and the digests that signatures among them name. */
export type AddedWeight = { readonly bytes: number; readonly contents: readonly string[] };

type KnownWeight = { readonly seq: number; readonly bytes: number; readonly contents: ReadonlySet<string> };

/** Events are only added: what was weighed once stays, and each change weighs what came since. */
const KEPT = 2_000;
const known = new Map<string, KnownWeight>();
const NOTHING: KnownWeight = { seq: 0, bytes: 0, contents: new Set() };

/** What this process knows of a record's weight, up to an event. */
export function knownWeight(id: string): KnownWeight {
  return known.get(id) ?? NOTHING;
}

/** The weight up to the event `seq`, of which what came after `before` is `added`. */
export function weightWith(id: string, before: KnownWeight, seq: number, added: AddedWeight): Weight {
  const bytes = before.bytes + added.bytes;
  const contents = new Set([...before.contents, ...added.contents]);
  if (seq > knownWeight(id).seq) keepNewest(known, KEPT, id, { seq, bytes, contents });
  return { events: seq, bytes, contents: contents.size };
}

const MIB = 1024 ** 2;
/**
 * How much of a manifest, which is 64 MiB at most, is left to what: so that words leave room for evidence,
 * evidence for the work, that for a rollback's, and all of them for legal holds and what ends a record.
 */
const ROOM = {
  words: 20 * MIB,
  evidence: 36 * MIB,
  work: 48 * MIB,
  rollback: 54 * MIB,
  holds: 60 * MIB,
} as const;
/** The place of an event in the log, and its proof: of a log of 2^27 events, or of a file's name. */
const BESIDE_BODY = 2 * 1024;
/** A text stands in the manifest as a JSON string: one character of canonical JSON is two at most. */
const ESCAPED = 2;
/** What happens a few times in a record's life at most, and is small; or ends what there was room for. */
const ALWAYS: readonly DeploymentEventType[] = [
  "deployment.cancelled",
  "deployment.rolled-back",
  "rollback.triggered",
  "legal-hold.lifted",
];
const SIGNS: readonly DeploymentEventType[] = [
  "approval.granted",
  "approval.rejected",
  "break-glass.confirmed",
];

/** Refuses with `record-full` what would leave no room to take the whole record out as one bundle. */
export function refuseOverweight(before: Weight, change: Change, actor: Actor): void {
  if (change.events.some(({ type }) => ALWAYS.includes(type))) return;
  const { room, what } = roomFor(change, actor);
  // No text that was signed is longer than the history that it sums up.
  const { events, bytes, contents } = weightAfter(before, change);
  const without = events * BESIDE_BODY + bytes * ESCAPED;
  if (without + contents * bytes * ESCAPED <= room) return;
  const signed = Buffer.byteLength(canonicalText(signedContent(change.after)));
  if (without + contents * signed * ESCAPED <= room) return;
  throw new Rejection("record-full", `This record is as long as one can be that is taken out whole: ${what}`);
}

function weightAfter(before: Weight, { events }: Change): Weight {
  const added = events.map((event) => Buffer.byteLength(JSON.stringify(event)));
  return {
    events: before.events + events.length,
    bytes: before.bytes + added.reduce((sum, each) => sum + each, 0),
    contents: before.contents + events.filter(({ type }) => SIGNS.includes(type)).length,
  };
}

function roomFor({ after, events }: Change, actor: Actor): { room: number; what: string } {
  const has = (...types: readonly DeploymentEventType[]) => events.some(({ type }) => types.includes(type));
  if (has("legal-hold.set")) return { room: ROOM.holds, what: "it takes no other legal hold" };
  if (actor.kind === "system" || after.rollback !== null)
    return { room: ROOM.rollback, what: "it can only be held or ended" };
  if (has("comment.added", "comment.edited")) return { room: ROOM.words, what: "it takes no more comments" };
  if (has("evidence.added")) return { room: ROOM.evidence, what: "it takes no more evidence" };
  return { room: ROOM.work, what: "it can only be cancelled or rolled back" };
}
