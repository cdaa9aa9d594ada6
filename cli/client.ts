import { randomUUID } from "node:crypto";
import { createWriteStream, readFileSync, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { plainLine } from "#lib/proof/plain-line.ts";
import { NotAsked, Refused, UsageError } from "./exit.ts";

export type Values = Readonly<Record<string, unknown>>;

export type Request = {
  readonly body?: unknown;
  /** The bytes of a file or report instead of JSON. */
  readonly upload?: Uint8Array<ArrayBuffer>;
  /** The moment, in milliseconds of the clock, at which the caller stops waiting. */
  readonly until?: number;
};

export type Client = {
  readonly url: string;
  /** Answers with the JSON of a success. Throws `Refused` or `NotAsked`. */
  readonly call: (method: string, path: string, request?: Request) => Promise<unknown>;
  /** Writes the bytes at an address to a file, which appears when it is complete. Throws likewise. */
  readonly download: (path: string, file: string) => Promise<void>;
};

const ATTEMPTS = 5;
const PAUSE_MS = 500;
const PATIENCE_MS = 60_000;

/** The server and the token that the environment or the options name; a token is never an argument. */
export function connect(values: Values): Client {
  const url = (textOf(values, "url") ?? process.env["COUNTERSIGN_URL"] ?? "").replace(/\/$/, "");
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new UsageError("Set COUNTERSIGN_URL, or give --url https://…");
  const file = textOf(values, "token-file");
  const token = (file === undefined ? process.env["COUNTERSIGN_TOKEN"] : readToken(file))?.trim() ?? "";
  if (token === "") throw new UsageError("Set COUNTERSIGN_TOKEN, or give --token-file PATH");
  return {
    url,
    call: async (method, path, request = {}) => call(url, token, method, path, request),
    download: async (path, file) => download(url, token, path, file),
  };
}

function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

export function listOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

// A repeat under the same key takes effect once, whether or not the first one did.
async function call(
  url: string,
  token: string,
  method: string,
  path: string,
  request: Request,
): Promise<unknown> {
  const key = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(url, token, method, path, request, key);
    if (answer !== null && answer.status < 500 && answer.status !== 429 && !isInProgress(answer))
      return resultOf(answer);
    const pause = answer?.retryAfterMs ?? PAUSE_MS * 2 ** (attempt - 1);
    if (attempt === ATTEMPTS || Date.now() + pause > (request.until ?? Number.POSITIVE_INFINITY)) {
      throw new NotAsked(answer === null ? `${url} cannot be reached` : `${url} answers ${answer.status}`);
    }
    await sleep(pause);
  }
}

type Answer = { readonly status: number; readonly json: unknown; readonly retryAfterMs: number | undefined };

async function send(
  url: string,
  token: string,
  method: string,
  path: string,
  { body, upload, until }: Request,
  key: string,
): Promise<Answer | null> {
  const left = Math.min(PATIENCE_MS, (until ?? Number.POSITIVE_INFINITY) - Date.now());
  try {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === "GET" ? {} : { "idempotency-key": key }),
        ...(upload === undefined ? {} : { "content-type": "application/octet-stream" }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(upload === undefined ? {} : { body: upload }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(Math.max(1, left)),
    });
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return {
      status: response.status,
      json: await response.json().catch(() => null),
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
    };
  } catch {
    return null;
  }
}

async function download(url: string, token: string, path: string, file: string): Promise<void> {
  const response = await fetch(`${url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "manual",
  }).catch(() => null);
  if (response === null || response.status >= 500)
    throw new NotAsked(response === null ? `${url} cannot be reached` : `${url} answers ${response.status}`);
  if (response.status !== 200 || response.body === null) {
    const json: unknown = await response.json().catch(() => null);
    resultOf({ status: Math.max(response.status, 300), json, retryAfterMs: undefined });
    return;
  }
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await pipeline(response.body, createWriteStream(unfinished, { flags: "wx" }));
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new NotAsked(`It did not arrive whole: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isInProgress({ status, json }: Answer): boolean {
  return status === 409 && fieldOf(json, "code") === "request-in-progress";
}

function resultOf({ status, json }: Answer): unknown {
  if (status < 300 && typeof json === "object" && json !== null) return json;
  if (status < 400)
    throw new NotAsked(`What answers there is not Countersign (${status}); is the address right?`);
  const said = fieldOf(json, "detail");
  const detail = typeof said === "string" ? plainLine(said) : `The server answers ${status}`;
  if (status === 401) throw new NotAsked(detail);
  const fields = Object.entries(fieldOf(json, "fields") ?? {}).map(([name, message]) =>
    plainLine(`  ${name}: ${message}`),
  );
  throw new Refused([detail, ...fields, ...blockersIn(json).map((message) => `  · ${message}`)].join("\n"));
}

/** A field of what should be an object; undefined when it is none or has no such field. */
export function fieldOf(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null) return undefined;
  return Object.entries(json).find(([key]) => key === name)?.[1];
}

export function blockersIn(json: unknown): readonly string[] {
  const blockers = fieldOf(json, "blockers");
  return Array.isArray(blockers) ? blockers.map((blocker) => wordsOf(blocker, "message")) : [];
}

export function wordsOf(json: unknown, name: string): string {
  return plainLine(String(fieldOf(json, name)));
}
