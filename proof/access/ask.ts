import { randomUUID } from "node:crypto";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { callAction } from "#test/support/action-client.ts";
import type { ActionRows, ActionWorld } from "#test/support/action-rows.ts";
import { callApi } from "#test/support/api-client.ts";
import { endpointSamples } from "#test/support/endpoint-samples.ts";
import { refute } from "../support/counter-example.ts";
import type { Outcome } from "./expected.ts";
import type { Caller } from "./callers.ts";
import type { Target } from "./states.ts";
import type { Entry } from "./surface.ts";

export type Answered = {
  readonly outcome: Outcome;
  readonly text: string;
  /** A rule about the example said so, and not the policy: counts where the policy lets through. */
  readonly byRule?: boolean;
};

/** Answers with how far a caller got, and all that they were told. */
export type Ask = (entry: Entry, caller: Caller, target: Target) => Promise<Answered>;

/** Asks at every way in, with requests that a rule refuses at most, so that they can be repeated. */
export function asker(rows: ActionRows, world: ActionWorld): Ask {
  const examples = new Map<string, Promise<unknown>>();
  const exampleFor = async (name: string, { record }: Target): Promise<unknown> => {
    const key = `${name} ${record}`;
    const known = examples.get(key) ?? Promise.resolve(rows[name]?.example(world, record));
    examples.set(key, known);
    const input = await known;
    return rows[name]?.takesRevision === true ? { ...Object(input), ifRevision: 1 } : input;
  };
  return async (entry, caller, target) => {
    switch (entry.kind) {
      case "page":
        return askPage(entry.name, caller, target);
      case "action":
        return askAction(
          entry.name,
          rows[entry.name]?.ruleSays,
          caller,
          await exampleFor(entry.name, target),
        );
      case "endpoint":
        return askEndpoint(entry.name, caller, target);
      case "route":
        return askRoute(entry.name, caller, target);
    }
  };
}

async function askPage(name: string, { headers }: Caller, { record, service }: Target): Promise<Answered> {
  const path = name
    .replaceAll(/\/?\(\w+\)/g, "")
    .replace(/^\//, "")
    .replace("[id]", name.includes("services") ? service : record);
  const answer = await fetch(`${canonicalOrigin()}/${path}`, { headers, redirect: "manual" });
  const text = await answer.text();
  if (answer.status === 404) return { outcome: "not-found", text };
  if (answer.status === 200) return { outcome: "through", text };
  const location = answer.headers.get("location");
  if (answer.status !== 307 || location === null) return refute(`the page ${path} answers ${answer.status}`);
  const asksToSignIn = new URL(location, canonicalOrigin()).search.startsWith("?from=");
  return { outcome: asksToSignIn ? "signed-out" : "through", text };
}

async function askAction(
  name: string,
  ruleSays: string | undefined,
  { headers }: Caller,
  input: unknown,
): Promise<Answered> {
  const { status, code, body } = await callAction(name, input, null, headers);
  if (code === null || code === "fault") return refute(`${name} answers ${status}: ${body.slice(0, 300)}`);
  return { outcome: outcomeOf(code), text: body, byRule: code === ruleSays };
}

async function askEndpoint(name: string, { headers }: Caller, { record, file }: Target): Promise<Answered> {
  const endpoint = ENDPOINTS.find(({ id }) => id === name);
  const sample = endpointSamples(record, file)[name];
  if (endpoint === undefined || sample === undefined) return refute(`the endpoint ${name} has no sample`);
  const { path, query = "", ruleSays, ...request } = sample;
  const asOurPage: Record<string, string> =
    endpoint.method === "GET"
      ? { "sec-fetch-site": "same-origin" }
      : { "if-match": '"1"', origin: canonicalOrigin() };
  const all = { ...request, headers: { ...headers, ...asOurPage, ...request.headers } };
  const { status, json, text } = await callApi(null, endpoint.method, path + query, all);
  if (status < 400) return { outcome: "through", text };
  if (status >= 500 || status === 429) return refute(`${name} answers ${status}: ${text.slice(0, 300)}`);
  const code = codeIn(json);
  return { outcome: outcomeOf(code), text, byRule: code === ruleSays };
}

async function askRoute(name: string, { headers }: Caller, { record }: Target): Promise<Answered> {
  const [method = "", folder = ""] = name.split(" ");
  const stop = new AbortController();
  const post = method === "POST";
  const answer = await fetch(
    `${canonicalOrigin()}/${folder}${method === "GET" ? `?deployment=${record}` : ""}`,
    {
      method,
      headers: {
        ...headers,
        ...(post ? { origin: canonicalOrigin(), "content-type": "application/json" } : {}),
      },
      ...(post
        ? { body: JSON.stringify({ deploymentId: record, tab: randomUUID(), place: "checklist" }) }
        : {}),
      signal: stop.signal,
    },
  );
  try {
    if (answer.status < 400) return { outcome: "through", text: "" };
    if (method === "HEAD") return { outcome: answer.status === 401 ? "signed-out" : "forbidden", text: "" };
    const text = await answer.text();
    return { outcome: outcomeOf(codeIn(JSON.parse(text))), text };
  } finally {
    // A stream would go on for as long as somebody listens.
    stop.abort();
  }
}

function outcomeOf(code: string): Outcome {
  return code === "signed-out" || code === "not-found" || code === "forbidden" ? code : "through";
}

function codeIn(json: unknown): string {
  return typeof json === "object" && json !== null && "code" in json ? String(json.code) : "no code";
}
