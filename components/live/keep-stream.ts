import type { LiveMessage, Tell } from "./live-message.ts";
import { onSessionEnded } from "./session-ended.ts";

/** The server beats every ten seconds; a stream that is silent for longer is dead. */
const SILENCE_MS = 25_000;
const RETRY_MS = [300, 1_000, 2_000, 5_000];
/** How often it looks whether somebody has signed in again. */
const SIGNED_OUT_MS = 15_000;

export type KeptStream = {
  readonly stop: () => void;
  /** Looks whether the session still stands, or does again. */
  readonly look: () => void;
};

/**
 * Keeps a person's stream open: reads it, and after a break opens another. Where their session has ended,
 * it looks now and then whether they have signed in again, and when somebody comes back to the page.
 */
export function keepStream(personId: string, tell: Tell): KeptStream {
  const address = `/api/live?person=${personId}`;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let awaySince: number | undefined;
  let signedOutSince: number | undefined;
  let stopped = false;
  let signedOut = false;

  const wait = (then: () => void, milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const heard = () => wait(lost, SILENCE_MS);
  const stand = () => {
    attempt = 0;
    awaySince = undefined;
    signedOutSince = undefined;
    signedOut = false;
    tell.connection({ state: "open" });
    tell.message({ kind: "ready" });
  };
  const rest = () => {
    close();
    signedOut = true;
    signedOutSince ??= Date.now();
    tell.connection({ state: "signed-out", since: signedOutSince });
    wait(look, SIGNED_OUT_MS);
  };

  function look(): void {
    void retry();
  }

  function open(): void {
    if (stopped || source !== undefined) return;
    const opened = new EventSource(address);
    source = opened;
    wait(lost, SILENCE_MS);
    const on = (event: string, then: (data: string) => void) =>
      opened.addEventListener(event, ({ data }: MessageEvent<string>) => {
        heard();
        then(data);
      });
    on("ready", stand);
    on("gap", () => tell.message({ kind: "ready" }));
    on("surroundings", () => tell.message({ kind: "surroundings" }));
    on("installation", () => tell.message({ kind: "installation" }));
    on("change", (data) => tell.message({ kind: "change", event: JSON.parse(data) }));
    on("unread", (data) => tell.message({ kind: "unread", unread: Number(JSON.parse(data).unread) }));
    on("presence", (data) => tell.message(presenceIn(data)));
    on("beat", () => undefined);
    on("ended", (data) => {
      if (JSON.parse(data).reason === "signed-out") rest();
    });
    opened.addEventListener("error", lost);
  }

  function lost(): void {
    close();
    if (stopped || signedOut) return;
    awaySince ??= Date.now();
    tell.connection({ state: "away", since: awaySince });
    const pause = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0;
    attempt += 1;
    // Not all at once, when a server comes back to many.
    wait(() => void retry(), pause * (0.75 + Math.random() / 2));
  }

  // EventSource tells no status; and where a stream gets through nowhere, the page at least reads anew.
  async function retry(): Promise<void> {
    const status = await fetch(address, { method: "HEAD", cache: "no-store" }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (stopped) return;
    if (status === 401) return rest();
    signedOut = false;
    if (attempt > 2 && status > 0 && status < 500) tell.message({ kind: "ready" });
    if (status === 0 || status >= 400) return lost();
    open();
  }

  const offline = () => lost();
  const online = () => {
    attempt = 0;
    wait(() => void retry(), 0);
  };
  const back = () => {
    if (signedOut) look();
  };
  window.addEventListener("offline", offline);
  window.addEventListener("online", online);
  window.addEventListener("focus", back);
  const stopHearing = onSessionEnded(look);
  open();
  const stop = () => {
    stopped = true;
    close();
    window.removeEventListener("offline", offline);
    window.removeEventListener("online", online);
    window.removeEventListener("focus", back);
    stopHearing();
  };
  return { stop, look };
}

function presenceIn(data: string): LiveMessage {
  return { kind: "presence", ...JSON.parse(data) };
}
