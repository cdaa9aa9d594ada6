import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { getRevision } from "#lib/queries/get-deployment.ts";
import type { Reply } from "./endpoint.ts";

/** What a change of a record answers: where the record stands now. */
export const changed = z.object({ revision: z.int() }).meta({ id: "Changed" });

/** Such an answer. Rejects with `not-found` a record that the actor may not see. */
export async function replyChanged(actor: Actor, id: string): Promise<Reply> {
  return { body: { revision: await getRevision(actor, id) } };
}
