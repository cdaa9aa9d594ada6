import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { Rejection, type RejectionCode } from "#lib/domain/rejection.ts";
import { currentActor } from "#lib/auth/current-actor.ts";
import { problem } from "./problem.ts";

/** How every API route answers: who is it, the query, or a problem document that says why not. */
export async function answer(respond: (actor: Actor) => Promise<Response>): Promise<Response> {
  try {
    const actor = await currentActor();
    if (actor === null) throw new Rejection("signed-out", "Sign in first");
    return await respond(actor);
  } catch (error) {
    if (error instanceof Rejection) {
      const { code, message, blockers, fields } = error;
      return problem(statusOf(code), code, message, { blockers, fields });
    }
    const id = randomUUID();
    console.error(`fault ${id}`, error);
    return problem(500, "fault", `Something went wrong on our side (${id})`);
  }
}

function statusOf(code: RejectionCode): number {
  switch (code) {
    case "signed-out":
    case "proof-required":
      return 401;
    case "forbidden":
      return 403;
    case "not-found":
      return 404;
    case "invalid-input":
    case "reason-required":
      return 422;
    case "rate-limited":
      return 429;
    default:
      return 409;
  }
}
