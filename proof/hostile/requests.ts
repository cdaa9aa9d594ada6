import { createHmac, randomUUID } from "node:crypto";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { actionIds } from "#test/support/action-client.ts";
import { allActionRows, type ActionWorld } from "#test/support/action-rows.ts";
import { endpointSamples } from "#test/support/endpoint-samples.ts";
import { refute } from "../support/counter-example.ts";
import { surface, type Entry } from "../access/surface.ts";

/** A request that the app takes, before anything is done to it. */
export type Valid = {
  readonly name: string;
  readonly kind: Entry["kind"];
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Its body is JSON, and anything that is not gets refused. */
  readonly takesJson: boolean;
  /** Headers that are made of the body as it is sent. */
  readonly seal?: (body: string | Uint8Array) => Readonly<Record<string, string>>;
};

/** What the requests are about. Records that end are `spare`: the others stay as they are. */
export type Subjects = {
  readonly world: ActionWorld;
  readonly record: string;
  readonly spare: string;
  readonly service: string;
  readonly file: string;
};

export const WEBHOOK_SECRET = "a webhook secret for proofs";

const ENDING = /^(cancelDeployment|triggerRollback|setLegalHold|openDeployment)/;

/** One valid request for every page, action, endpoint and route of the code, by somebody who may. */
export async function validRequests(subjects: Subjects, cookie: string): Promise<readonly Valid[]> {
  const entries = await surface();
  const actions = await actionRequests(subjects);
  const valid = entries.map((entry): Valid => {
    switch (entry.kind) {
      case "page":
        return page(entry.name, subjects);
      case "action":
        return actions.get(entry.name) ?? refute(`the action ${entry.name} has no request`);
      case "endpoint":
        return endpoint(entry.name, subjects);
      case "route":
        return route(entry.name, subjects);
    }
  });
  return [...valid, signIn(), webhook()].map((request) => ({
    ...request,
    headers: { cookie, ...request.headers },
  }));
}

function page(name: string, { record, service }: Subjects): Valid {
  const path = name.replace("(app)/", "").replace("[id]", name.includes("services") ? service : record);
  return {
    name: `page /${path}`,
    kind: "page",
    method: "GET",
    path: `/${path}`,
    headers: {},
    body: undefined,
    takesJson: false,
  };
}

async function actionRequests({ world, record, spare }: Subjects): Promise<ReadonlyMap<string, Valid>> {
  const ids = actionIds();
  const requests = Object.entries(await allActionRows()).map(async ([name, { example }]) => {
    const input = await example(world, ENDING.test(name) ? spare : record);
    const headers = {
      origin: canonicalOrigin(),
      "next-action": ids.get(name) ?? "none",
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
    };
    const body = JSON.stringify([input]);
    const request = { name, method: "POST", path: "/sign-in", headers, body, takesJson: true };
    return [name, { ...request, kind: "action" }] as const;
  });
  return new Map(await Promise.all(requests));
}

function endpoint(name: string, { record, spare, file }: Subjects): Valid {
  const sample = endpointSamples(ENDING.test(name) ? spare : record, file)[name];
  const method = ENDPOINTS.find(({ id }) => id === name)?.method;
  if (sample === undefined || method === undefined) return refute(`the endpoint ${name} has no request`);
  const { path, query = "", body } = sample;
  const bytes = typeof body === "string";
  return {
    name,
    kind: "endpoint",
    method,
    path: `/api/v1${path}${query}`,
    headers: {
      origin: canonicalOrigin(),
      ...(body === undefined
        ? {}
        : { "content-type": bytes ? "application/octet-stream" : "application/json" }),
    },
    body: bytes || body === undefined ? body : JSON.stringify(body),
    takesJson: body !== undefined && !bytes,
  };
}

function route(name: string, { record }: Subjects): Valid {
  const [method = "", folder = ""] = name.split(" ");
  const post = method === "POST";
  return {
    name,
    kind: "route",
    method,
    path: `/${folder}${folder === "api/live" ? `?deployment=${record}` : ""}`,
    headers: post ? { origin: canonicalOrigin(), "content-type": "application/json" } : {},
    body: post ? JSON.stringify({ deploymentId: record, tab: randomUUID(), place: "checklist" }) : undefined,
    takesJson: post,
  };
}

function signIn(): Valid {
  return {
    name: "signing in",
    kind: "route",
    method: "POST",
    path: "/api/auth/callback/credentials",
    headers: { origin: canonicalOrigin(), "content-type": "application/x-www-form-urlencoded" },
    body: "csrfToken=none&email=nobody%40test.example&password=guess&json=true",
    takesJson: false,
  };
}

/** Signed over whatever is sent: a signature that is not GitHub's is another promise. */
function webhook(): Valid {
  const body = {
    action: "requested",
    environment: "production",
    deployment: { id: 1, sha: "3f9c2ab", ref: "main" },
    deployment_callback_url: "https://api.github.com/repos/o/r/actions/runs/1/deployment_protection_rule",
    repository: { full_name: "o/r" },
    installation: { id: 1 },
  };
  return {
    name: "GitHub's webhook",
    kind: "route",
    method: "POST",
    path: "/api/github/deployment-protection",
    headers: {
      "content-type": "application/json",
      "x-github-event": "deployment_protection_rule",
      "x-github-delivery": "1",
    },
    body: JSON.stringify(body),
    takesJson: true,
    seal: (sent) => ({
      "x-hub-signature-256": `sha256=${createHmac("sha256", WEBHOOK_SECRET).update(sent).digest("hex")}`,
    }),
  };
}
