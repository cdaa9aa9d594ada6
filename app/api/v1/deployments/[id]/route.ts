import { recordId } from "#lib/domain/inputs/text.ts";
import { answer } from "#lib/api/answer.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { getDeployment, getRevision } from "#lib/queries/get-deployment.ts";

type Context = { params: Promise<{ id: string }> };

/** A record as its caller sees it; 304 while neither it nor the minute has changed. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(async (actor) => {
    const id = recordId.safeParse((await params).id);
    if (!id.success) throw new Rejection("not-found", "There is no such deployment");
    const etag = tagOf(await getRevision(actor, id.data));
    if (request.headers.get("if-none-match") === etag)
      return new Response(null, { status: 304, headers: { etag } });
    const view = await getDeployment(actor, id.data);
    return Response.json(view, {
      headers: { etag: tagOf(view.revision), "cache-control": "private, no-cache" },
    });
  });
}

// What goes stale by the clock does so within the minute.
function tagOf(revision: number): string {
  return `W/"${revision}-${Math.floor(Date.now() / 60_000)}"`;
}
