import { Agent, fetch as undiciFetch, type Response } from "undici";
import type { Answer, GetOptions } from "../outside.ts";
import { Unreadable } from "../unreadable.ts";
import { guardedLookup, type Lookup } from "./guarded-lookup.ts";
import { targetFrom, unreachable } from "./target.ts";

const REDIRECTS_AT_MOST = 3;
const BODY_BYTES = 1024 * 1024;
const CONNECT_MS = 5_000;

export type WebOptions = {
  readonly allowedRanges: readonly string[];
  /** From origin to the value of its Authorization header. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly extraCa: readonly string[];
  readonly timeoutMs: number;
  readonly lookup?: Lookup | undefined;
};

/** GET over connections that go to checked addresses only, each redirect checked like the first address. */
export function createGet(web: WebOptions) {
  const { allowedRanges, timeoutMs } = web;
  const send = createSend(web);
  return async (address: string, options: GetOptions = {}): Promise<Answer> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const began = performance.now();
    let url = targetFrom(address, allowedRanges);
    for (let hop = 0; ; hop += 1) {
      const response = await send(url, options, signal);
      const next = options.followRedirects === false ? null : locationOf(response, url);
      if (next === null) return answerFrom(response, url, options.maxBytes ?? BODY_BYTES, began);
      await response.body?.cancel();
      if (hop === REDIRECTS_AT_MOST)
        throw new Unreadable(`${url.host} redirects more than ${REDIRECTS_AT_MOST} times`);
      url = targetFrom(next, allowedRanges);
    }
  };
}

/** POST of JSON over the same connections. */
export function createPost(web: WebOptions) {
  const send = createSend(web);
  return async (
    address: string,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const began = performance.now();
    const url = targetFrom(address, web.allowedRanges);
    const signal = AbortSignal.timeout(web.timeoutMs);
    const request = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    return answerFrom(await send(url, request, signal), url, BODY_BYTES, began);
  };
}

type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

function createSend({ allowedRanges, credentials, extraCa, timeoutMs, lookup }: WebOptions) {
  const dispatcher = new Agent({
    connect: {
      timeout: CONNECT_MS,
      lookup: guardedLookup(allowedRanges, lookup),
      ...(extraCa.length === 0 ? {} : { ca: [...extraCa] }),
    },
    maxHeaderSize: 32 * 1024,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 8,
  });
  return async (
    url: URL,
    { headers = {}, method = "GET", body }: Sent,
    signal: AbortSignal,
  ): Promise<Response> => {
    const authorization = credentials[url.origin];
    try {
      return await undiciFetch(url, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: {
          "user-agent": "countersign-check/1",
          ...headers,
          ...(authorization === undefined ? {} : { authorization }),
        },
        redirect: "manual",
        dispatcher,
        signal,
      });
    } catch (error) {
      throw unreachable(url.host, error);
    }
  };
}

function locationOf({ status, headers }: Response, from: URL): string | null {
  const location = headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return null;
  if (!URL.canParse(location, from)) throw new Unreadable(`${from.host} redirects to nowhere`);
  return new URL(location, from).href;
}

async function answerFrom(response: Response, url: URL, maxBytes: number, began: number): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Counted after decompression: a small answer may unpack to a huge one.
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > maxBytes)
        throw new Unreadable(`${url.host} answers more than ${Math.floor(maxBytes / 1024)} KB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(url.host, error);
  }
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.concat(chunks).toString("utf8"),
    milliseconds: Math.round(performance.now() - began),
  };
}
