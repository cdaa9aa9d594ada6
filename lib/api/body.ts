import { Rejection } from "#lib/domain/rejection.ts";

type WhileRead = { readonly signal: AbortSignal; readonly onLength: (bytes: number) => void };

/**
 * The whole body, read no further than the limit in bytes, nor once `signal` says so; `onLength` hears
 * how much of it is there. Rejects with `too-large`.
 */
export async function readBody(request: Request, limit: number, during?: WhileRead): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body = during === undefined ? request.body : stoppable(request.body, during.signal);
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
    during?.onLength(length);
  }
  during?.signal.throwIfAborted();
  return Buffer.concat(chunks);
}

function stoppable(body: Request["body"], signal: AbortSignal): Request["body"] {
  return (
    body?.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>(), { signal }) ??
    null
  );
}

/** A body as JSON. Rejects with `unsupported-media-type` or `malformed-json`. */
export function parseJson(request: Request, bytes: Buffer): unknown {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Rejection("unsupported-media-type", "Send JSON, as content-type: application/json");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Rejection("malformed-json", "The body is not JSON in UTF-8");
  }
}

function tooLarge(limit: number): Rejection {
  return new Rejection("too-large", `The body is larger than ${Math.floor(limit / 1024)} KB`);
}
