import { keepStream, type KeptStream } from "./keep-stream.ts";
import { onSessionEnded } from "./session-ended.ts";
import type { Connection, LiveMessage, Tell } from "./live-message.ts";

type Said =
  | { readonly kind: "message"; readonly message: LiveMessage }
  | { readonly kind: "connection"; readonly connection: Connection }
  /** A tab that has just come asks how things stand. */
  | { readonly kind: "hello" }
  /** A tab was told that nobody is signed in. */
  | { readonly kind: "look" };

/**
 * One stream for all tabs of a person in this browser, which allows six connections a host: the tab
 * that holds the lock reads it and passes on what it says; when it closes, the next one takes over.
 * Without locks (an address without TLS) each tab reads its own.
 */
export function shareStream(personId: string, tell: Tell): () => void {
  if (!("locks" in navigator)) return keepStream(personId, tell).stop;
  const name = `countersign-live-${personId}`;
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let standing: Connection | undefined;
  let kept: KeptStream | undefined;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin anyway
  const say = (said: Said) => channel.postMessage(said);

  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (data.kind === "message") tell.message(data.message);
    if (data.kind === "connection") tell.connection(data.connection);
    // Whoever has just come is signed in: perhaps this person is again.
    if (data.kind === "look" || standing?.state === "signed-out") kept?.look();
    else if (data.kind === "hello" && standing !== undefined)
      say({ kind: "connection", connection: standing });
  });
  say({ kind: "hello" });

  const lead = async () =>
    new Promise<void>((resolve) => {
      kept = keepStream(personId, {
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
        kept?.stop();
        resolve();
      });
    });
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => undefined);
  const stopAsking = onSessionEnded(() => say({ kind: "look" }));
  return () => {
    stopAsking();
    leaving.abort();
    channel.close();
  };
}
