import { redirect } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { homeOf } from "#lib/queries/home.ts";

/** Roles land where their work is. */
export default async function HomePage() {
  redirect(homeOf(await actorForPage("/")));
}
