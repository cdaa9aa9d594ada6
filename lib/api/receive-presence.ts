import { presenceInput } from "#lib/domain/inputs/presence.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { whoIsHere } from "#lib/queries/presence.ts";
import { recordLook } from "#lib/services/looks.ts";
import { announcePresence } from "#lib/services/presence.ts";
import { authenticate } from "./authenticate.ts";
import { parseJson, readBody } from "./body.ts";
import { problemFor } from "./problem-for.ts";

/** Takes where a browser tab is, and answers with who else is on the record. */
export async function receivePresence(request: Request): Promise<Response> {
  try {
    const actor = await authenticate(request);
    const input = valid(presenceInput, parseJson(request, await readBody(request, 1024)));
    await announcePresence(actor, input);
    const { deploymentId, seen } = input;
    if (seen !== undefined) await recordLook(actor, { deploymentId, seq: seen });
    return Response.json(
      { people: whoIsHere(input.deploymentId) },
      { headers: { "cache-control": "no-store" } },
    );
  } catch (error) {
    // A page that is being left may take its request along.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return problemFor(error);
  }
}
