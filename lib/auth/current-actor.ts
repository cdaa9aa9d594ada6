import { cache } from "react";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { findActor, type PersonInSession } from "./find-actor.ts";
import { sessionCookie } from "./session-cookie.ts";

export type Person = PersonInSession;

/** Whoever this request's session belongs to; null when it has none. Looked up once a request. */
export const currentActor = cache(async (): Promise<Person | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  return token === undefined ? null : findActor(token);
});

/** The same for a page: without a session it leads to sign-in, and from there back to `path`. */
export async function actorForPage(path: string): Promise<Person> {
  const actor = await currentActor();
  if (actor === null) redirect(`/sign-in?from=${encodeURIComponent(path)}`);
  return actor;
}
