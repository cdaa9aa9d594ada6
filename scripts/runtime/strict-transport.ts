import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

const TWO_YEARS = 2 * 365 * 24 * 60 * 60;

/**
 * Where browsers reach the app over https, every answer says that they are to come no other way. It
 * stands here, since Next writes its own headers into the build, which does not know the address.
 */
export function insistOnTransportSecurity(origins: string | undefined): void {
  if (origins?.startsWith("https:") !== true) return;
  subscribe("http.server.request.start", (message) => {
    startOf(message).response.setHeader(
      "Strict-Transport-Security",
      `max-age=${TWO_YEARS}; includeSubDomains`,
    );
  });
}

// What Node documents for this channel.
function startOf(message: unknown): { readonly response: ServerResponse } {
  return message as { readonly response: ServerResponse };
}
