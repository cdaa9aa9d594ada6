import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type HealthService = { readonly url: string; status: number; readonly stop: () => void };

/** A service on loopback that answers its health check with whatever status the test sets. */
export async function startHealthService(): Promise<HealthService> {
  const server = createServer((_request, response) => response.writeHead(service.status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  const service: HealthService = {
    url: `http://127.0.0.1:${port}/health`,
    status: 200,
    stop: () => server.close(),
  };
  return service;
}
