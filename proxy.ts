import { NextResponse, type NextRequest } from "next/server";
import { problem } from "#lib/api/problem.ts";
import { env } from "#lib/env.ts";

const ACTION_BODY_LIMIT = 256 * 1024;

/**
 * Refuses forged writes before any of our code runs: a browser's write comes from our own origin.
 * Services check authorization themselves; this is about whose page sent the request.
 */
export function proxy(request: NextRequest): Response {
  if (request.method === "GET" || request.method === "HEAD") return NextResponse.next();
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (
    origin === null ||
    !env().COUNTERSIGN_ORIGIN.includes(origin) ||
    (site !== null && site !== "same-origin")
  ) {
    return problem(403, "foreign-origin", "Writes are taken from the app's own pages only");
  }
  if (Number(headers.get("content-length") ?? 0) > ACTION_BODY_LIMIT) {
    return problem(413, "too-large", "The request is too large");
  }
  if (headers.has("next-action") && !isActionBody(headers.get("content-type") ?? "")) {
    return problem(415, "unsupported-media-type", "Not the body of a server action");
  }
  return NextResponse.next();
}

// The two forms in which Next's client sends an action's arguments.
function isActionBody(contentType: string): boolean {
  return contentType.startsWith("text/plain") || contentType.startsWith("multipart/form-data");
}

// Whatever has a body names its type, and an action's call its id: reading a page needs no guard. The
// REST API and the webhook guard themselves, with tokens and signatures.
export const config = {
  matcher: [
    { source: "/((?!api/(?:v1|github)/).*)", has: [{ type: "header", key: "next-action" }] },
    { source: "/((?!api/(?:v1|github)/).*)", has: [{ type: "header", key: "content-type" }] },
  ],
};
