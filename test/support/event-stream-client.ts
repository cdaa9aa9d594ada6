import { z } from "zod";

export type Received = {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
};

export type StreamClient = {
  readonly status: number;
  readonly received: readonly Received[];
  /** The first message, past or to come, that fits; rejects after ten seconds or when the stream ends. */
  readonly until: (fits: (message: Received) => boolean) => Promise<Received>;
  readonly ended: Promise<void>;
  readonly close: () => void;
};

const dataSchema = z.record(z.string(), z.unknown());
const PATIENCE_MS = 10_000;

/** Opens a stream of server-sent events and keeps what comes. */
export async function readStream(
  url: string,
  headers: Record<string, string>,
  onMessage: (message: Received) => void = () => undefined,
): Promise<StreamClient> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const keep = (message: Received) => {
    received.push(message);
    onMessage(message);
    for (const look of waiting) look();
  };
  const ended =
    answer.status === 200
      ? read(answer, keep).catch(() => undefined)
      : answer.body?.cancel().then(() => undefined);
  return {
    status: answer.status,
    received,
    until: (fits) => until(received, waiting, fits),
    ended: ended ?? Promise.resolve(),
    close: () => abort.abort(),
  };
}

async function until(
  received: readonly Received[],
  waiting: Set<() => void>,
  fits: (message: Received) => boolean,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(look);
      reject(
        new Error(`nothing that fits came; there were ${received.map(({ event }) => event).join(", ")}`),
      );
    }, PATIENCE_MS);
    function look() {
      const found = received.find(fits);
      if (found === undefined) return;
      waiting.delete(look);
      clearTimeout(timer);
      resolve(found);
    }
    waiting.add(look);
    look();
  });
}

async function read(answer: Response, keep: (message: Received) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) keep(messageIn(block));
  }
}

function messageIn(block: string): Received {
  const fields = new Map(
    block
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)] as const),
  );
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id"),
    data: dataSchema.parse(JSON.parse(fields.get("data") ?? "{}")),
  };
}
