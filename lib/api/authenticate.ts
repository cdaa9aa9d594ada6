import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { findToken } from "#lib/auth/find-token.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import { env } from "#lib/env.ts";
import { countAttempt } from "#lib/services/attempt-limits.ts";
import { logSecurity } from "#lib/services/security-log.ts";
import { clientAddress } from "./client-address.ts";

/**
 * Whoever calls: the token in `Authorization: Bearer`, else the session of one of our own pages. A
 * session writes only with our own `Origin`; a token, which no browser adds by itself, needs none. A
 * read that `leavesEvidence` is answered to a session only where our page asks.
 */
export async function authenticate(request: Request, leavesEvidence = false): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return bearerOf(authorization, clientAddress(request.headers));
  const session = cookieOf(request, sessionCookie().name);
  const actor = session === undefined ? null : await findActor(session, clientAddress(request.headers));
  if (actor === null) throw new Rejection("signed-out", "Send an API token as Authorization: Bearer …");
  if (request.method !== "GET" && request.method !== "HEAD") refuseForeignOrigin(request);
  else if (leavesEvidence) refuseForeignRead(request);
  return actor;
}

/** Sent by our own pages with a read that leaves evidence: see `components/deployment/look-again.tsx`. */
const OWN_PAGE_HEADER = "x-requested-with";

function cookieOf({ headers }: Request, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

async function bearerOf(authorization: string, address: string): Promise<Actor> {
  const secret = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1];
  const actor = secret === undefined ? null : await findToken(secret, address);
  if (actor !== null) return actor;
  await countAttempt("bad-token", address, async () =>
    logSecurity("token.limited", { personId: null, address }),
  );
  throw new Rejection("signed-out", "The API token is unknown, ended or revoked");
}

function refuseForeignOrigin({ headers }: Request): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (
    origin === null ||
    !env().COUNTERSIGN_ORIGIN.includes(origin) ||
    (site !== null && site !== "same-origin")
  ) {
    throw new Rejection(
      "forbidden",
      "A session writes from the app's own pages only; send an API token instead",
    );
  }
}

// A link or a picture elsewhere brings the session's cookie too, and no Origin. Over plain HTTP browsers
// do not say whose page asks; there a header counts that no other origin's page may send unasked.
function refuseForeignRead({ headers }: Request): void {
  const site = headers.get("sec-fetch-site");
  if (site === null ? headers.has(OWN_PAGE_HEADER) : site === "same-origin") return;
  throw new Rejection(
    "forbidden",
    "A session asks this from the app's own pages only, since checks look and are recorded; send an API token instead",
  );
}
