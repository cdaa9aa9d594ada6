/** Bytes that wait for a reader who does not read; then the stream ends, and the reader comes back. */
const WAITING_AT_MOST = 512;
const BEAT_MS = 10_000;

export type EventStream = {
  readonly response: Response;
  readonly send: (event: string, data: unknown, id?: number) => void;
  /** Says why, and closes. */
  readonly end: (reason: string) => void;
};

/**
 * Server-sent events with a heartbeat, unbuffered by proxies. `onClose` runs once, whoever closes.
 */
export function eventStream(signal: AbortSignal, onClose: () => void): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const beat = setInterval(() => send("beat", {}), BEAT_MS);
  const close = () => {
    if (controller === undefined) return;
    controller = undefined;
    clearInterval(beat);
    onClose();
  };
  const body = new ReadableStream<Uint8Array>({
    start: (opened) => {
      controller = opened;
    },
    cancel: close,
  });
  signal.addEventListener("abort", close);

  function send(event: string, data: unknown, id?: number): void {
    if (controller === undefined) return;
    if ((controller.desiredSize ?? 0) < -WAITING_AT_MOST) return end("slow");
    const name = id === undefined ? "" : `id: ${id}\n`;
    controller.enqueue(encoder.encode(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  function end(reason: string): void {
    if (controller === undefined) return;
    controller.enqueue(encoder.encode(`event: ended\ndata: ${JSON.stringify({ reason })}\n\n`));
    controller.close();
    close();
  }

  const headers = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "private, no-store, no-transform",
    // nginx holds answers back by default.
    "x-accel-buffering": "no",
  };
  return { response: new Response(body, { headers }), send, end };
}
