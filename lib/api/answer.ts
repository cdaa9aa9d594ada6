import type { Endpoint } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { problem } from "./problem.ts";

type Match = { readonly endpoint: Endpoint; readonly params: Readonly<Record<string, string>> };

/** Answers a request below `/api/v1` by the list of endpoints; what is not there, or not so, is a problem too. */
export async function answer(request: Request, segments: readonly string[]): Promise<Response> {
  const matches = ENDPOINTS.flatMap((endpoint) => matchOf(endpoint, segments));
  if (matches.length === 0) return problem(404, "not-found", "There is no such address in the API");
  const method = request.method === "HEAD" ? "GET" : request.method;
  // A word of the address itself goes before whatever may stand in its place.
  const match = matches
    .filter(({ endpoint }) => endpoint.method === method)
    .toSorted((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)[0];
  return match === undefined
    ? refuseMethod(request.method, matches)
    : match.endpoint.respond(request, match.params);
}

function matchOf(endpoint: Endpoint, segments: readonly string[]): readonly Match[] {
  const pattern = endpoint.path.split("/").slice(1);
  if (pattern.length !== segments.length) return [];
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = segment;
    else if (part !== segment) return [];
  }
  return [{ endpoint, params }];
}

function refuseMethod(method: string, matches: readonly Match[]): Response {
  const methods = matches.map(({ endpoint }) => endpoint.method);
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const response =
    method === "OPTIONS"
      ? new Response(null, { status: 204 })
      : problem(405, "method-not-allowed", `${method} is not among ${allow}`);
  response.headers.set("allow", allow);
  return response;
}
