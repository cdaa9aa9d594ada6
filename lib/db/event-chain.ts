import type { EventActor } from "#lib/domain/actor.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

/** What an event's hash covers, besides the place that its predecessor gives it. */
export type ChainEntry = {
  readonly seq: number;
  readonly at: string;
  readonly actor: EventActor;
  readonly type: string;
  readonly data: object;
};

export type ChainedEvent = { readonly seq: number; readonly body: string; readonly hash: string };

/**
 * Chains events to a stream's head. Each body is RFC 8785 canonical JSON that names its stream,
 * number and the hash before it; the hash is SHA-256 over the body's UTF-8 bytes, in hex.
 */
export function chain(
  streamId: string,
  headHash: string | null,
  entries: readonly ChainEntry[],
): readonly ChainedEvent[] {
  let prev = headHash;
  return entries.map((entry) => {
    const body = canonicalText({ format: 1, stream: streamId, prev, ...entry });
    prev = sha256(body);
    return { seq: entry.seq, body, hash: prev };
  });
}
