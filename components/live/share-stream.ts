import { keepStream } from "./keep-stream.ts";
import type { Connection, LiveMessage, Tell } from "./live-message.ts";

type Said =
  | { readonly kind: "message"; readonly message: LiveMessage }
  | { readonly kind: "connection"; readonly connection: Connection }
  /** A tab that has just come asks how things stand. */
  | { readonly kind: "hello" };

/**
 * One stream for all tabs of a person in this browser, which allows six connections a host: the tab
 * that holds the lock reads it and passes on what it says; when it closes, the next one takes over.
 * Without locks (an address without TLS) each tab reads its own.
 */
export function shareStream(personId: string, tell: Tell): () => void {
  if (!("locks" in navigator)) return keepStream(tell);
  const name = `countersign-live-${personId}`;
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let standing: Connection | undefined;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin anyway
  const say = (said: Said) => channel.postMessage(said);

  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (data.kind === "message") tell.message(data.message);
    if (data.kind === "connection") tell.connection(data.connection);
    if (data.kind === "hello" && standing !== undefined) say({ kind: "connection", connection: standing });
  });
  say({ kind: "hello" });

  const lead = async () =>
    new Promise<void>((resolve) => {
      const stop = keepStream({
        message: (message) => {
          tell.message(message);
          say({ kind: "message", message });
        },
        connection: (connection) => {
          standing = connection;
          tell.connection(connection);
          say({ kind: "connection", connection });
        },
      });
      leaving.signal.addEventListener("abort", () => {
        stop();
        resolve();
      });
    });
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => undefined);
  return () => {
    leaving.abort();
    channel.close();
  };
}
