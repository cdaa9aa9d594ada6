import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { PlainFailure } from "./plain-failure.ts";

/**
 * Leaves in X-Forwarded-For the one address that a request came from, as far as the proxies in front can be
 * trusted to know it. Next keeps whatever a caller writes there, so that anybody could be anybody.
 */
export function believeProxies(hops: number): void {
  subscribe("http.server.request.start", (message) => {
    const { headers, socket } = startOf(message).request;
    const forwarded = headers["x-forwarded-for"];
    headers["x-forwarded-for"] = callerAddress(
      [forwarded ?? []].flat().join(","),
      socket.remoteAddress,
      hops,
    );
  });
}

/** How many proxies stand in front, from its setting. Rejects what is no number from 0 to 10. */
export function proxyHopsFrom(text: string | undefined): number {
  if (text === undefined || text === "") return 0;
  if (/^(?:\d|10)$/.test(text)) return Number(text);
  throw new PlainFailure(`COUNTERSIGN_PROXY_HOPS must be a number from 0 to 10, not "${text}".`);
}

/**
 * Each proxy appends the address that it was called from, and the last one calls us: counted from the
 * end, the caller stands before as many addresses as there are proxies. Where none stands there, or no
 * address, it is whoever holds the connection.
 */
export function callerAddress(forwarded: string, peer: string | undefined, hops: number): string {
  const connection = plain(peer ?? "");
  if (hops === 0) return connection;
  const named = forwarded.split(",").at(-hops)?.trim() ?? "";
  return isIP(named) === 0 ? connection : plain(named);
}

// An IPv4 address in IPv6's clothes is the same caller.
function plain(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
}

// What Node documents for this channel.
function startOf(message: unknown): { readonly request: IncomingMessage } {
  return message as { readonly request: IncomingMessage };
}
