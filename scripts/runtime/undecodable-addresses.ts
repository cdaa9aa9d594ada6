import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

// Next answers 500 to a path with a broken percent-encoding, before any code of ours: such an
// address names nothing, so the request goes on as one for a page that is not there.
const NOWHERE = "/not-found";

export function refuseUndecodableAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = startOf(message);
    if (request.url !== undefined && !isDecodable(request.url)) request.url = NOWHERE;
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
