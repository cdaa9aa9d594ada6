import { setTimeout as sleep } from "node:timers/promises";
import type { LiveEvent } from "#lib/queries/live-event.ts";
import { readStream, type StreamClient } from "#test/support/event-stream-client.ts";

export type Listener = {
  readonly received: readonly {
    readonly event: LiveEvent;
    readonly at: number;
    /** The stream stood when it came: it was not read from the history after a cut. */
    readonly live: boolean;
  }[];
  /** Cuts the connection, and comes back after so many milliseconds from the event seen last. */
  readonly cut: (milliseconds: number) => void;
  readonly stop: () => void;
};

/** Within so long after coming back, events may be those that were missed. */
const CATCHING_UP_MS = 300;

/** Listens to a record from its first event on, and comes back whenever the stream breaks off. */
export async function startListener(url: string, cookie: string): Promise<Listener> {
  const received: { event: LiveEvent; at: number; live: boolean }[] = [];
  let client: StreamClient | undefined;
  let pause = 50;
  const stopping = new AbortController();

  async function connect(): Promise<void> {
    const seen = received.at(-1)?.event.seq ?? 0;
    const began = performance.now();
    client = await readStream(url, { cookie, "last-event-id": String(seen) }, ({ event, data }) => {
      const at = performance.now();
      if (event === "change") received.push({ event: eventIn(data), at, live: at - began > CATCHING_UP_MS });
    });
    if (client.status !== 200) throw new Error(`the stream answered ${client.status}`);
  }
  async function comeBack(): Promise<void> {
    while (!stopping.signal.aborted) {
      await client?.ended;
      if (stopping.signal.aborted) return;
      await sleep(pause);
      pause = 50;
      await connect().catch(() => undefined);
    }
  }

  await connect();
  void comeBack();
  return {
    received,
    cut: (milliseconds) => {
      pause = milliseconds;
      client?.close();
    },
    stop: () => {
      stopping.abort();
      client?.close();
    },
  };
}

// Only `followRecord` sends messages of this name.
function eventIn(data: unknown): LiveEvent {
  return data as LiveEvent;
}
