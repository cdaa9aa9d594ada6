import type { Actor } from "#lib/domain/actor.ts";
import { now } from "#lib/clock.ts";
import { loadMandates } from "#lib/db/mandates.ts";

/** Whether the caller may sign for somebody now, and so has an inbox. */
export async function isStandIn(actor: Actor): Promise<boolean> {
  return actor.kind === "person" && (await loadMandates(actor.id, now())).length > 0;
}
