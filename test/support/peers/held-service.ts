import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type HeldService = {
  readonly url: string;
  /** How many were asked for an answer and have none yet. */
  readonly waiting: () => number;
  /** The most that ever waited at once. */
  readonly mostAtOnce: () => number;
  readonly stop: () => void;
};

/** A service on loopback that takes every request and answers none until it is stopped. */
export async function startHeldService(): Promise<HeldService> {
  const held = new Set<ServerResponse>();
  let most = 0;
  const server = createServer((_request, response) => {
    held.add(response.on("close", () => held.delete(response)));
    most = Math.max(most, held.size);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    waiting: () => held.size,
    mostAtOnce: () => most,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
