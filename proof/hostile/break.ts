import { gzipSync } from "node:zlib";
import type { Random } from "../support/random.ts";
import type { Valid } from "./requests.ts";
import { DEEP } from "./values.ts";

const LARGE = `["${"x".repeat(10_000_000)}"]`;
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Each makes of JSON what is none, or what nobody takes in that form. */
const BREAKS: readonly ((body: string, random: Random) => Breakage)[] = [
  () => ({ body: "" }),
  (body, { below }) => ({ body: body.slice(0, below(body.length)) }),
  (body) => ({ body: `${body}${body}` }),
  (body) => ({ body: `${body},` }),
  (body, { below }) => ({ body: at(body, below(body.length), "\u0000") }),
  () => ({ body: "\u0000\u0001\u0002" }),
  () => ({ body: "[".repeat(10_000) }),
  () => ({ body: '{"a":'.repeat(10_000) }),
  () => ({ body: DEEP }),
  () => ({ body: "nul" }),
  () => ({ body: "NaN" }),
  () => ({ body: "{'a':1}" }),
  () => ({ body: '{"a":01}' }),
  () => ({ body: '{"a":1,}' }),
  (body) => ({ body: new Uint8Array(Buffer.from(body, "utf16le")) }),
  (body) => ({ body: new Uint8Array(gzipSync(body)), headers: { "content-encoding": "gzip" } }),
  (body) => ({ body, headers: { "content-type": "multipart/form-data; boundary=x" } }),
  (body) => ({ body, headers: { "content-type": "application/x-www-form-urlencoded" } }),
  (body) => ({ body, headers: { "content-type": "text/html" } }),
  () => ({ body: utf8(`[${'"$F1",'.repeat(200)}`) }),
];

/** Among so many, one of 10 MB. */
const ONE_LARGE_IN = 100;

type Breakage = { readonly body: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> };

/** The request with a body that must be refused. */
export function broken(request: Valid, random: Random): Valid {
  const { body } = request;
  const text = typeof body === "string" ? body : "";
  const breakage = random.below(ONE_LARGE_IN) === 0 ? { body: LARGE } : random.pick(BREAKS)(text, random);
  return { ...request, body: breakage.body, headers: { ...request.headers, ...breakage.headers } };
}

function at(text: string, place: number, piece: string): string {
  return text.slice(0, place) + piece + text.slice(place);
}
