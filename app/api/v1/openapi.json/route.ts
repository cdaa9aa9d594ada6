import { openApiDocument } from "#lib/api/openapi.ts";

/** The REST API's description; open to everybody, since it says nothing of anybody. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
