import { createHmac } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { z } from "zod";
import type { Random } from "./random.ts";

/** One message as it came in: under which id, of which event, and whether it was taken. */
export type Received = {
  readonly id: string;
  readonly deployment: string;
  readonly seq: number;
  readonly taken: boolean;
  readonly signed: boolean;
};

type Asked = (message: Received) => Promise<void>;

const message = z.object({
  data: z.object({ deployment: z.object({ id: z.string() }), event: z.object({ seq: z.number() }) }),
});

/** A receiver that fails half of the time, by an answer or by hanging up. */
export class FlakyReceiver {
  readonly received: Received[] = [];
  /** The key that messages are to be signed with. */
  secret = "";
  /** Hears of each message before it is answered. */
  beforeAnswer: Asked = async () => undefined;
  readonly #server: Server;

  private constructor(random: Random) {
    this.#server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => void this.#answer(request, response, body, random));
    });
  }

  static async open(random: Random): Promise<FlakyReceiver> {
    const receiver = new FlakyReceiver(random);
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/hook`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(
    { headers, socket }: IncomingMessage,
    response: ServerResponse,
    body: string,
    random: Random,
  ): Promise<void> {
    const taken = random.below(2) === 0;
    const hangsUp = random.below(3) === 0;
    const heard = this.#read(headers, body, taken);
    this.received.push(heard);
    await this.beforeAnswer(heard);
    if (taken) response.writeHead(204).end();
    else if (hangsUp) socket.destroy();
    else response.writeHead(503).end();
  }

  #read(headers: IncomingHttpHeaders, body: string, taken: boolean): Received {
    const id = String(headers["webhook-id"]);
    const key = Buffer.from(this.secret.replace("whsec_", ""), "base64");
    const text = `${id}.${String(headers["webhook-timestamp"])}.${body}`;
    const signature = `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
    const { data } = message.parse(JSON.parse(body));
    const { deployment, event } = data;
    const signed = headers["webhook-signature"] === signature;
    return { id, deployment: deployment.id, seq: event.seq, taken, signed };
  }
}
