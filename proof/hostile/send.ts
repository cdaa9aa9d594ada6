import { canonicalOrigin } from "#lib/env.ts";
import type { Valid } from "./requests.ts";

export type Heard = {
  readonly refused: boolean;
  readonly signedOut: boolean;
  readonly seconds: number;
  /** What is wrong with the answer; null when nothing is. */
  readonly flaw: string | null;
};

const PATIENCE_MS = 60_000;
/** A server may stop reading a body that is too large, and hang up before it is sent. */
const CUT_OFF_BYTES = 256 * 1024;
const FAULT = "Something went wrong";
const LEAK = /\n\s+at .+:\d+:\d+|node_modules|PrismaClient|\bpg_|syntax error at|invalid byte sequence/;

/** Sends a request and judges its answer: in time, no fault of ours, and nothing of our insides in it. */
export async function hear(request: Valid): Promise<Heard> {
  const began = performance.now();
  try {
    const { status, text } = await exchange(request);
    const seconds = (performance.now() - began) / 1_000;
    const refused = status >= 400 || /"ok":false/.test(text);
    const flaw =
      status >= 500 || isFault(request, status, text)
        ? `${status} ${text.slice(0, 300)}`
        : refused && LEAK.test(text)
          ? `tells of our insides: ${LEAK.exec(text)?.[0]}`
          : null;
    const signedOut = status === 401 || text.includes('"code":"signed-out"');
    return {
      refused,
      signedOut,
      seconds,
      flaw,
    };
  } catch (error) {
    const seconds = (performance.now() - began) / 1_000;
    const cutOff = (request.body?.length ?? 0) > CUT_OFF_BYTES;
    return { refused: true, signedOut: false, seconds, flaw: cutOff ? null : causeOf(error) };
  }
}

// Next answers 200 to what fails after it began to answer: an action then says neither yes nor no.
function isFault({ kind }: Valid, status: number, text: string): boolean {
  if (text.includes('"code":"fault"')) return true;
  return kind === "page"
    ? text.includes(FAULT)
    : kind === "action" && status === 200 && !text.includes('"ok":');
}

async function exchange({
  method,
  path,
  headers,
  body,
  seal,
}: Valid): Promise<{ status: number; text: string }> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error("no answer")), PATIENCE_MS);
  try {
    const answer = await fetch(`${canonicalOrigin()}${path}`, {
      method,
      headers: { ...headers, ...seal?.(body ?? "") },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : new Blob([new Uint8Array(body)]) }),
      redirect: "manual",
      signal: stop.signal,
    });
    // A stream goes on for as long as somebody listens.
    const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
    return { status: answer.status, text: isStream ? "" : await answer.text() };
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
