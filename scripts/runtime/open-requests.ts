import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers of one session or token that are open at once in a process: under way, or not read yet. */
const OF_ONE_CREDENTIAL = 64;
/** The same of those without either, behind one address: an office may be. */
const OF_ONE_ADDRESS = 512;
/** What is cheap, or has a bound of its own. */
const UNCOUNTED = /^\/(?:_next\/static\/|api\/live\b|api\/health\/)/;
/** Where a request goes whose connection was broken off: it costs nothing there. */
const CHEAP = "/api/health/live";

/**
 * Breaks off what one caller asks beyond a bound: an answer that nobody reads is held in memory, and pages
 * that one asks by the hundred take the server's time from everybody. `believeProxies` goes before.
 */
export function boundOpenRequests(): void {
  const open = new Map<string, number>();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = startOf(message);
    if (UNCOUNTED.test(request.url ?? "")) return;
    const { caller, most } = callerOf(request);
    const count = (open.get(caller) ?? 0) + 1;
    open.set(caller, count);
    response.once("close", () => {
      const left = (open.get(caller) ?? 1) - 1;
      if (left === 0) open.delete(caller);
      else open.set(caller, left);
    });
    if (count <= most) return;
    request.socket.destroy();
    request.url = CHEAP;
  });
}

function callerOf({ headers }: IncomingMessage): { caller: string; most: number } {
  const session = /countersign\.session=([^;]+)/.exec(headers.cookie ?? "")?.[1];
  const credential = headers.authorization ?? session;
  return credential === undefined
    ? { caller: String(headers["x-forwarded-for"]), most: OF_ONE_ADDRESS }
    : { caller: credential, most: OF_ONE_CREDENTIAL };
}

// What Node documents for this channel.
function startOf(message: unknown): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  return message as { readonly request: IncomingMessage; readonly response: ServerResponse };
}
