import { cache } from "react";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { findActor, type PersonInSession } from "./find-actor.ts";
import { waitForPageTurn } from "./page-turns.ts";
import { sessionCookie } from "./session-cookie.ts";

export type Person = PersonInSession;

/**
 * Whoever the session of this page's request belongs to; null when it has none. Looked up once a request,
 * which then waits for its turn among those of the same person.
 */
export const currentActor = cache(async (): Promise<Person | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  const actor = token === undefined ? null : await findActor(token);
  if (actor !== null) await waitForPageTurn(actor.id);
  return actor;
});

/** The same for a page: without a session it leads to sign-in, and from there back to `path`. */
export async function actorForPage(path: string): Promise<Person> {
  const actor = await currentActor();
  if (actor === null) redirect(`/sign-in?from=${encodeURIComponent(path)}`);
  return actor;
}
