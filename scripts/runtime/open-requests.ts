import { subscribe } from "node:diagnostics_channel";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { hashToken } from "#lib/hash-token.ts";
import { networkOf } from "#lib/network-of.ts";
import { rememberKnownCallers } from "./known-callers.ts";

/** Answers of one person or token that are open at once in a process: under way, or not read yet. */
const OF_ONE_CALLER = 64;
/** The same of those in one network whose credential nobody knows yet, or who have none: an office may be. */
const OF_ONE_NETWORK = 512;
/** What is cheap, or has a bound of its own. */
const UNCOUNTED = /^\/(?:_next\/static\/|api\/live$|api\/health\/)/;
/** Where a request goes whose connection was broken off: it costs nothing there. */
const CHEAP = "/api/health/live";

type Bound = { readonly caller: string; readonly most: number };

/**
 * Breaks off what one caller asks beyond a bound: an answer that nobody reads is held in memory, and pages
 * that one asks by the hundred take the server's time from everybody. `believeProxies` goes before.
 */
export function boundOpenRequests(): void {
  const open = new Map<string, number>();
  const known = rememberKnownCallers();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = startOf(message);
    if (UNCOUNTED.test(pathOf(request))) return;
    const bounds = boundsOf(request.headers, known);
    for (const { caller } of bounds) open.set(caller, (open.get(caller) ?? 0) + 1);
    response.once("close", () => {
      for (const { caller } of bounds) {
        const left = (open.get(caller) ?? 1) - 1;
        if (left === 0) open.delete(caller);
        else open.set(caller, left);
      }
    });
    if (bounds.every(({ caller, most }) => (open.get(caller) ?? 0) <= most)) return;
    request.socket.destroy();
    request.url = CHEAP;
  });
}

// As Next reads it: `/api/health/../v1/…` is no question of how the server is.
function pathOf({ url = "" }: IncomingMessage): string {
  return URL.parse(url, "http://localhost")?.pathname ?? url;
}

// Whoever makes credentials up has as many as they like, and one network.
function boundsOf(headers: IncomingHttpHeaders, known: ReadonlyMap<string, string>): readonly Bound[] {
  const credentials = credentialsIn(headers);
  const callers = new Set(credentials.map((credential) => known.get(credential) ?? credential));
  const bounds = [...callers].map((caller) => ({ caller, most: OF_ONE_CALLER }));
  if (credentials.length > 0 && credentials.every((credential) => known.has(credential))) return bounds;
  return [...bounds, { caller: networkOf(String(headers["x-forwarded-for"])), most: OF_ONE_NETWORK }];
}

function credentialsIn({ authorization, cookie = "" }: IncomingHttpHeaders): readonly string[] {
  const sessions = [...cookie.matchAll(/countersign\.session=([^;]+)/g)].map(([, session = ""]) =>
    asRead(session),
  );
  const token = authorization?.replace(/^Bearer /i, "");
  return [...(token === undefined ? [] : [token]), ...sessions].map(hashToken);
}

// Pages take a session's cookie percent-encoded too, the API with spaces behind it.
function asRead(session: string): string {
  try {
    return decodeURIComponent(session.trim());
  } catch {
    return session;
  }
}

// What Node documents for this channel.
function startOf(message: unknown): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  return message as { readonly request: IncomingMessage; readonly response: ServerResponse };
}
