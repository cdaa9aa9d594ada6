import { canonicalText, sha256 } from "./event-chain.ts";

/** What is wrong with a history, with the event at which it shows first; null when it is a table. */
export type Flaw = { readonly stream: string; readonly seq: number | null; readonly message: string };

export type StoredEvent = { readonly seq: number; readonly body: string; readonly hash: string };

/** Where a stream ends by its record's own account. */
export type StreamHead = {
  readonly id: string;
  readonly revision: number;
  readonly head_hash: string | null;
};

/** The first break in one stream's chain; null when it is whole. */
export function chainFlaw(
  { id, revision, head_hash }: StreamHead,
  events: readonly StoredEvent[],
): Flaw | null {
  let prev: string | null = null;
  for (const [index, { seq, body, hash }] of events.entries()) {
    const at = (message: string) => ({ stream: id, seq, message });
    if (seq !== index + 1) return at(`event ${index + 1} is missing`);
    if (sha256(body) !== hash) return at("its text and its hash differ");
    const entry = parseBody(body);
    if (entry === null || canonicalText(entry) !== body) return at("its text is not in canonical form");
    if (entry["stream"] !== id || entry["seq"] !== seq) return at("its text names another place");
    if (entry["prev"] !== prev) return at("it does not follow the event before it");
    prev = hash;
  }
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

function parseBody(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
