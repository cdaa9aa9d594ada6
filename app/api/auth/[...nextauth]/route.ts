import NextAuth from "next-auth";
import { cookies as ownCookies } from "next/headers";
import { NextResponse, type NextRequest } from "next/server";
import { readBody } from "#lib/api/body.ts";
import { clientAddress } from "#lib/api/client-address.ts";
import { problemFor } from "#lib/api/problem-for.ts";
import { problem } from "#lib/api/problem.ts";
import { devicesCookie } from "#lib/auth/devices-cookie.ts";
import { returnCookie } from "#lib/auth/next-auth-cookies.ts";
import { isAskedOfNextAuth, nextAuthRequest } from "#lib/auth/next-auth-request.ts";
import { authOptions } from "#lib/auth/options.ts";
import { pendingCookie } from "#lib/auth/pending-cookie.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

const MOST_BYTES = 30_000;

export async function GET(request: NextRequest, context: Context) {
  return handle(nextAuthRequest(request, null), context);
}

/** Reads the form here first, so that what is malformed or too large never reaches next-auth. */
export async function POST(request: NextRequest, context: Context) {
  if (!(request.headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded")) {
    return problem(415, "unsupported-media-type", "Send a form");
  }
  const body = await readBody(request, MOST_BYTES).catch(problemFor);
  if (body instanceof Response) return body;
  const answer = await handle(nextAuthRequest(request, body.toString("utf8")), context);
  const status = answer.status === 401 ? statusFor(await answer.clone().text()) : answer.status;
  return status === answer.status ? answer : new Response(answer.body, { status, headers: answer.headers });
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { headers, cookies } = request;
  if (!isAskedOfNextAuth(request.method, (await context.params).nextauth))
    return problem(404, "not-found", "There is nothing here");
  const [pending, devices] = [pendingCookie(), devicesCookie()];
  // next-auth answers a cookie of its own that holds no address with a fault.
  if (!isAddress(cookies.get(returnCookie().name)?.value)) (await ownCookies()).delete(returnCookie().name);
  const kept = new Map<typeof pending, string>();
  const auth = NextAuth(
    authOptions({
      place: { address: clientAddress(headers), agent: headers.get("user-agent") },
      pendingToken: cookies.get(pending.name)?.value ?? null,
      devices: cookies.get(devices.name)?.value ?? null,
      keepPending: (token) => kept.set(pending, token),
      keepDevices: (known) => kept.set(devices, known),
    }),
  );
  const answer: Response = await auth(request, context);
  if (kept.size === 0) return answer;
  const withCookies = new NextResponse(answer.body, answer);
  for (const [{ name, options }, value] of kept) withCookies.cookies.set(name, value, options);
  return withCookies;
}

function isAddress(given: string | undefined): boolean {
  return given === undefined || (/^https?:/.test(given) && URL.canParse(given));
}

// next-auth says 401 for every refusal, and for a fault of ours.
function statusFor(refusal: string): number {
  if (refusal.includes("error=rate-limited")) return 429;
  return refusal.includes("error=fault") ? 500 : 401;
}
