import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { SYSTEM_ID } from "#lib/domain/actor.ts";
import type { TokenScope } from "#lib/domain/token-scopes.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { createTokenFor } from "#lib/services/tokens.ts";

const ADMINISTRATOR: Actor = {
  kind: "system",
  id: SYSTEM_ID,
  name: "Test administrator",
  grants: [{ role: "admin", teamId: null }],
};

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  readonly text: string;
};
export type ApiRequest = {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly key?: string;
};

export async function tokenOf(person: { id: string }, ...scopes: readonly TokenScope[]): Promise<string> {
  return createTokenFor(ADMINISTRATOR, person.id, {
    name: `test ${randomUUID().slice(0, 8)}`,
    scopes: [...scopes],
    days: 1,
  });
}

/** Sends one request to the REST API; bytes and text go as they are, anything else as JSON. */
export async function callApi(
  token: string | null,
  method: string,
  path: string,
  { body, headers = {}, key }: ApiRequest = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${canonicalOrigin()}/api/v1${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined
        ? {}
        : { "content-type": isRaw(body) ? "application/octet-stream" : "application/json" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: encoded(body) }),
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: parse(text), text };
}

function isRaw(body: unknown): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

function encoded(body: unknown): string | Blob {
  if (!isRaw(body)) return JSON.stringify(body);
  return typeof body === "string" ? body : new Blob([new Uint8Array(body)]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
