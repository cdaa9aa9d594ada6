import { createServer, type Server } from "node:http";
import { createServer as createSocket, type AddressInfo, type Server as SocketServer } from "node:net";

/** A web server that sends everybody on to where its address says. */
export type Doorway = {
  /** An address that answers with this status and sends on to there. */
  readonly to: (location: string, status: number) => string;
  readonly stop: () => void;
};

/** Stands at an address of its own, which a check may go to. */
export async function openDoorway(address: string): Promise<Doorway> {
  const server = createServer(({ url = "" }, response) => {
    const { searchParams } = new URL(url, "http://doorway.example.com");
    const headers = { location: Buffer.from(searchParams.get("to") ?? "", "utf8").toString("latin1") };
    response.writeHead(Number(searchParams.get("status")), headers).end();
  });
  const port = await listen(server, address);
  return {
    to: (location, status) =>
      `http://${address}:${port}/?${new URLSearchParams({ to: location, status: String(status) })}`,
    stop: () => server.close(),
  };
}

/** Whatever comes in at some of the machine's inside addresses, all on one port, counted. */
export type Counter = {
  readonly port: number;
  readonly connections: () => number;
  readonly stop: () => void;
};

const COUNTED = ["127.0.0.1", "127.255.255.254", "::1"];

export async function countConnections(): Promise<Counter> {
  let connections = 0;
  const servers = COUNTED.map(() =>
    createSocket((socket) => {
      connections += 1;
      socket.destroy();
    }),
  );
  let port = 0;
  for (const [index, server] of servers.entries()) port = await listen(server, COUNTED[index] ?? "", port);
  return { port, connections: () => connections, stop: () => servers.forEach((server) => server.close()) };
}

async function listen(server: Server | SocketServer, host: string, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  // What listens on a port has an address with that port.
  return (server.address() as AddressInfo).port;
}
