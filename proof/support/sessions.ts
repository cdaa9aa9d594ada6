import type { Actor } from "#lib/domain/actor.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { emailOf, PASSWORD } from "#test/support/factories.ts";

export const SESSION_COOKIE = "countersign.session";

/** A session's secret for one of the proof's people. */
export async function sessionOf(person: Actor & { kind: "person" }): Promise<string> {
  const session = await signIn(await emailOf(person), PASSWORD, `proof-${person.id}`);
  if (session === null) throw new Error("the proof's person could not sign in");
  return session.token;
}
