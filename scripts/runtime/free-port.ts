import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Above the ports of common services, below those that Linux, macOS and Windows lend to outgoing connections.
const [LOWEST, HIGHEST] = [20_000, 32_767];

/**
 * A loopback port that nothing listens on, and that no outgoing connection is lent: a server
 * which stops there can start there again.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(LOWEST, HIGHEST + 1);
  return (await isPortFree(port, "127.0.0.1")) ? port : freePort();
}

/** Whether a server could listen there now. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
