import type { LiveMessage, Tell } from "./live-message.ts";

/** The server beats every ten seconds; a stream that is silent for longer is dead. */
const SILENCE_MS = 25_000;
const RETRY_MS = [300, 1_000, 2_000, 5_000];

/** Keeps a stream open: reads it, and after a break opens another. Answers with the way to stop. */
export function keepStream(tell: Tell): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let awaySince: number | undefined;
  let stopped = false;

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
    tell.connection({ state: "open" });
    tell.message({ kind: "ready" });
  };
  const finish = (connection: Parameters<Tell["connection"]>[0]) => {
    close();
    stopped = true;
    tell.connection(connection);
  };

  function open(): void {
    if (stopped || source !== undefined) return;
    const opened = new EventSource("/api/live");
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
      if (JSON.parse(data).reason === "signed-out") finish({ state: "signed-out" });
    });
    opened.addEventListener("error", lost);
  }

  function lost(): void {
    close();
    if (stopped) return;
    awaySince ??= Date.now();
    tell.connection({ state: "away", since: awaySince });
    const pause = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0;
    attempt += 1;
    // Not all at once, when a server comes back to many.
    wait(() => void retry(), pause * (0.75 + Math.random() / 2));
  }

  // EventSource tells no status; and where a stream gets through nowhere, the page at least reads anew.
  async function retry(): Promise<void> {
    const status = await fetch("/api/live", { method: "HEAD", cache: "no-store" }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (stopped) return;
    if (status === 401) return finish({ state: "signed-out" });
    if (attempt > 2 && status > 0 && status < 500) tell.message({ kind: "ready" });
    if (status === 0 || status >= 400) return lost();
    open();
  }

  const offline = () => lost();
  const online = () => {
    attempt = 0;
    wait(() => void retry(), 0);
  };
  window.addEventListener("offline", offline);
  window.addEventListener("online", online);
  open();
  return () => {
    stopped = true;
    close();
    window.removeEventListener("offline", offline);
    window.removeEventListener("online", online);
  };
}

function presenceIn(data: string): LiveMessage {
  return { kind: "presence", ...JSON.parse(data) };
}
