import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

// Next answers 500 to a path with a broken percent-encoding, and to the method TRACE, before any code of
// ours: neither asks for anything, so the request goes on as one for a page that is not there.
const NOWHERE = "/not-found";

export function refuseUnreadableRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = startOf(message);
    const isTrace = request.method === "TRACE";
    if (isTrace) request.method = "GET";
    if (isTrace || !isDecodable(request.url ?? "")) request.url = NOWHERE;
  });
}

// What Node documents for this channel.
function startOf(message: unknown): { readonly request: IncomingMessage } {
  return message as { readonly request: IncomingMessage };
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
