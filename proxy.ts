import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { isActionArguments } from "#lib/api/action-arguments.ts";
import { readBody } from "#lib/api/body.ts";
import { contentSecurityPolicy } from "#lib/api/content-security-policy.ts";
import { problemFor } from "#lib/api/problem-for.ts";
import { problem } from "#lib/api/problem.ts";
import { canonicalOrigin, env } from "#lib/env.ts";
import { strictText } from "#lib/proof/strict-text.ts";

const ACTION_BODY_LIMIT = 256 * 1024;

/**
 * Gives each document its Content Security Policy, and refuses forged writes before any of our code
 * runs: a browser's write comes from our own origin. Services check authorization themselves; this is
 * about whose page sent the request, and about what Next's own decoder gets to see.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (request.method === "GET" || request.method === "HEAD") return asDocument(request);
  const refusal = refuseForged(request.headers);
  if (refusal !== null) return refusal;
  if (request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();
  return request.headers.has("next-action") ? guardAction(request) : backToPage(request);
}

function asDocument(request: NextRequest): Response {
  const secure = canonicalOrigin().startsWith("https:");
  const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), secure);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  return NextResponse.next({ request: { headers }, headers: { "content-security-policy": policy } });
}

function refuseForged(headers: Headers): Response | null {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (
    origin === null ||
    !env().COUNTERSIGN_ORIGIN.includes(origin) ||
    (site !== null && site !== "same-origin")
  ) {
    return problem(403, "foreign-origin", "Writes are taken from the app's own pages only");
  }
  if (Number(headers.get("content-length") ?? 0) > ACTION_BODY_LIMIT) return tooLarge();
  return null;
}

async function guardAction(request: NextRequest): Promise<Response> {
  if (!/^[0-9a-f]{40,64}$/.test(request.headers.get("next-action") ?? "")) {
    return problem(404, "not-found", "There is no such server action");
  }
  // Next's client sends plain arguments as text; it takes a form for files and the like, which we send to the API.
  if (!(request.headers.get("content-type") ?? "").startsWith("text/plain")) {
    return problem(415, "unsupported-media-type", "Not the body of a server action");
  }
  const bytes = await readBody(request, ACTION_BODY_LIMIT).catch(problemFor);
  if (bytes instanceof Response) return bytes;
  // As it stands: Next's decoder does not leave out a mark at its beginning either.
  const text = strictText(bytes);
  return text !== null && isActionArguments(text)
    ? NextResponse.next()
    : problem(400, "malformed-json", "Not the arguments of a server action");
}

// A form sent before its page was ready: the page again, and nothing in its address.
function backToPage({ nextUrl }: NextRequest): Response {
  return NextResponse.redirect(new URL(nextUrl.pathname + nextUrl.search, canonicalOrigin()), 303);
}

function tooLarge(): Response {
  return problem(413, "too-large", "The request is too large");
}

// Whatever has a body names its type, and an action's call its id. A document is what a browser asks for
// by itself: files of the build and data for a page that is there already need no policy. The REST API
// and the webhook guard themselves, with tokens and signatures.
export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/|cli/|icon\\.svg).*)",
      missing: [{ type: "header", key: "rsc" }],
    },
    { source: "/((?!api/(?:v1|github)/).*)", has: [{ type: "header", key: "next-action" }] },
    { source: "/((?!api/(?:v1|github)/).*)", has: [{ type: "header", key: "content-type" }] },
  ],
};
