import * as z from "zod/mini";
import { canonicalText, sha256 } from "./canonical-json.ts";
import { isInstant } from "./instant.ts";
import { isUnwieldy } from "./unwieldy-json.ts";

export type StoredEvent = { readonly seq: number; readonly body: string; readonly hash: string };

/** Where an event should stand: in which stream, as which number, after which hash. */
export type EventPlace = { readonly stream: string; readonly seq: number; readonly prev: string | null };

export type EventFlaw = {
  readonly code: "event-missing" | "event-hash" | "event-form" | "event-place" | "event-link";
  readonly message: string;
};

const eventText = z.object({
  format: z.literal(1),
  type: z.string(),
  at: z.string().check(z.refine(isInstant)),
  actor: z.object({ id: z.string(), name: z.string() }),
  data: z.record(z.string(), z.unknown()),
});

/** What an event says that is whole at its place; or what is wrong with it. */
export function openAt(place: EventPlace, event: StoredEvent): z.infer<typeof eventText> | EventFlaw {
  const { seq, body, hash } = event;
  if (isUnwieldy(body)) return FORM;
  if (seq !== place.seq) return { code: "event-missing", message: `event ${place.seq} is missing` };
  if (!body.isWellFormed() || sha256(body) !== hash)
    return { code: "event-hash", message: "its text and its hash differ" };
  const entry = parseBody(body);
  const flaw = entryFlaw(place, entry);
  if (flaw !== null) return flaw;
  const opened = eventText.safeParse(entry);
  return opened.success ? opened.data : FORM;
}

const FORM = { code: "event-form", message: "its text is not that of an event" } as const;

/** What is wrong with one event at its place; null when it is whole. */
export function eventFlaw(place: EventPlace, event: StoredEvent): EventFlaw | null {
  const opened = openAt(place, event);
  return "code" in opened ? opened : null;
}

/** What is wrong with what a text says of its place; null as a text that is not in canonical form. */
export function entryFlaw(
  place: EventPlace,
  entry: Readonly<Record<string, unknown>> | null,
): EventFlaw | null {
  if (entry === null) return { code: "event-form", message: "its text is not in canonical form" };
  if (entry["stream"] !== place.stream || entry["seq"] !== place.seq)
    return { code: "event-place", message: "its text names another place" };
  if (entry["prev"] !== place.prev)
    return { code: "event-link", message: "it does not follow the event before it" };
  return null;
}

/** A text in canonical form as an object; null also for what is JSON in another form. */
export function parseBody(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    if (canonicalText(value) !== body) return null;
    return { ...value };
  } catch {
    return null;
  }
}
