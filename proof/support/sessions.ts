import type { Actor } from "#lib/domain/actor.ts";
import { createSession } from "#lib/services/sessions.ts";

export const SESSION_COOKIE = "countersign.session";

/** A session's secret for one of the proof's people. */
export async function sessionOf(person: Actor & { kind: "person" }): Promise<string> {
  return createSession(person.id, "password", { address: "127.0.0.1", agent: null });
}
