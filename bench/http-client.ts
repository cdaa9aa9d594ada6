import { Agent, request, type IncomingHttpHeaders } from "node:http";

// An idle connection is let go before the server's own five seconds are over, not while it is used again.
const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 3_000 });

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly firstByteMs: number;
};

/** One request over a kept-alive connection: as little client as can be. */
export async function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: options.method ?? "GET", headers: options.headers ?? {} },
      (incoming) => {
        const firstByteMs = performance.now() - began;
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString(),
            firstByteMs,
          }),
        );
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(options.body);
  });
}
