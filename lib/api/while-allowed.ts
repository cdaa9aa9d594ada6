import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { authenticate } from "./authenticate.ts";

/** A download that lasts is asked so often whether its reader may still have it. */
const ASK_AGAIN_MS = 1_000;

/**
 * The same answer, broken off when its reader's session or token ends, or a role of theirs, while it
 * is read: who reads slowly would go on for as long as they like.
 */
export function whileAllowed(response: Response, request: Request, actor: Actor): Response {
  if (response.body === null) return response;
  let askedAt = performance.now();
  const guard = new TransformStream<Uint8Array, Uint8Array>({
    transform: async (chunk, controller) => {
      if (performance.now() - askedAt > ASK_AGAIN_MS) {
        refuseLess(actor, await authenticate(request));
        askedAt = performance.now();
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(guard), response);
}

function refuseLess({ grants }: Actor, now: Actor): void {
  if (grants.every((grant) => now.grants.some((held) => isSame(held, grant)))) return;
  throw new Rejection("forbidden", "A role ended while this was read");
}

function isSame(a: RoleGrant, b: RoleGrant): boolean {
  return a.role === b.role && a.teamId === b.teamId;
}
