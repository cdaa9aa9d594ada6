import { createHmac } from "node:crypto";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { actionIds, cookieOf } from "#test/support/action-client.ts";
import { allActionRows, makeActionWorld, type ActionWorld } from "#test/support/action-rows.ts";
import { endpointSamples } from "#test/support/endpoint-samples.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { changedSince, everything } from "./support/everything.ts";
import { forgeriesOf } from "./support/forgeries.ts";
import { inParallel } from "./support/in-parallel.ts";

export const title =
  "No write is taken that does not come from a page of ours, a token or GitHub's own signature";
export const sizes = { unit: "rounds", ci: 1, long: 20 };

const WEBHOOK_SECRET = "a webhook secret for proofs";

/** A write that its sender may make, but for where it comes from. */
type Write = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Sends every write in every forged way and in every form that a page can post; all must be refused. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  process.env.GITHUB_WEBHOOK_SECRET = WEBHOOK_SECRET;
  return withApp(async () => {
    const figures = { writes: 0, "forged requests": 0, accepted: 0, "server errors": 0 };
    for (let round = 0; round < size; round += 1) {
      const world = await makeActionWorld();
      const writes = [
        ...(await actionWrites(world)),
        ...(await endpointWrites(world)),
        ...(await authWrites(world)),
      ];
      const requests = [...writes.flatMap(forge), ...webhooks()];
      report(`${writes.length} writes, ${requests.length} forged requests`);
      const before = await everything();
      await inParallel(8, requests, async (request) => {
        const answer = await send(request);
        const text = await answer.text();
        const where = `${request.name} gets ${answer.status} ${text.slice(0, 120)}`;
        hold(answer.status >= 400 && answer.status < 500, where);
        hold(
          answer.headers.get("set-cookie")?.includes("countersign.session=") !== true,
          `${where} and a session`,
        );
      });
      const changed = await changedSince(before);
      hold(changed.length === 0, `a forged request changed ${changed.join(", ")}`);
      figures.writes = writes.length + 1;
      figures["forged requests"] += requests.length;
    }
    return figures;
  });
}

async function actionWrites(world: ActionWorld): Promise<readonly Write[]> {
  const ids = actionIds();
  const cookies = { lead: await cookieOf(world.team.lead), admin: await cookieOf(world.people.admin) };
  const rows = Object.entries(await allActionRows());
  const writes = rows.map(async ([name, { about, example }]): Promise<readonly Write[]> => {
    const id = ids.get(name);
    if (id === undefined) return [];
    const cookie = about === "installation" ? cookies.admin : cookies.lead;
    const body = JSON.stringify([await example(world, world.fresh)]);
    const headers = { cookie, "next-action": id, accept: "text/x-component" };
    const type = { "content-type": "text/plain;charset=UTF-8" };
    const form = `--x\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n${body}\r\n--x--\r\n`;
    const asForm = { cookie, "content-type": "multipart/form-data; boundary=x" };
    return [
      { name, method: "POST", path: "/deployments", headers: { ...headers, ...type }, body },
      { name: `${name} as a form`, method: "POST", path: "/deployments", headers: asForm, body: form },
    ];
  });
  return (await Promise.all(writes)).flat();
}

async function endpointWrites({ team, fresh }: ActionWorld): Promise<readonly Write[]> {
  const cookie = await cookieOf(team.lead);
  const samples = endpointSamples(fresh, "");
  return ENDPOINTS.filter(({ method }) => method !== "GET").flatMap(({ id, method }): readonly Write[] => {
    const { path = "", query = "", body } = samples[id] ?? {};
    const write = {
      name: id,
      method,
      path: `/api/v1${path}${query}`,
      body: typeof body === "string" ? body : JSON.stringify(body ?? {}),
    };
    const types = [
      "application/json",
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ];
    return types.map((type) => ({
      ...write,
      name: `${id} as ${type}`,
      headers: { cookie, "content-type": type },
    }));
  });
}

/** Signing in, out and asking for it, each with a real anti-forgery token and good credentials. */
async function authWrites({ team }: ActionWorld): Promise<readonly Write[]> {
  const csrf = await fetch(`${canonicalOrigin()}/api/auth/csrf`);
  const csrfCookie = csrf.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const fields = { csrfToken, email: "lead@demo.test", password: "countersign-demo", json: "true" };
  const body = new URLSearchParams(fields).toString();
  const cookie = `${csrfCookie}; ${await cookieOf(team.engineer)}`;
  return ["callback/credentials", "signout", "signin/credentials", "_log", "session"].flatMap((path) =>
    ["application/x-www-form-urlencoded", "text/plain"].map((type) => ({
      name: `next-auth ${path} as ${type}`,
      method: "POST",
      path: `/api/auth/${path}`,
      headers: { cookie, "content-type": type },
      body,
    })),
  );
}

function forge(write: Write): readonly Write[] {
  return forgeriesOf(canonicalOrigin()).map(({ name, headers }) => ({
    ...write,
    name: `${write.name} with ${name}`,
    headers: { ...write.headers, ...headers },
  }));
}

/** GitHub's webhook has no Origin: its signature is what a forger lacks. */
function webhooks(): readonly Write[] {
  const body = JSON.stringify({ action: "requested" });
  const signed = (secret: string, text: string) =>
    `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
  const signatures = {
    none: null,
    empty: "",
    "of another secret": signed("another secret of somebody", body),
    "of another body": signed(WEBHOOK_SECRET, `${body} `),
    "in SHA-1": `sha1=${createHmac("sha1", WEBHOOK_SECRET).update(body).digest("hex")}`,
    "without its name": signed(WEBHOOK_SECRET, body).slice(7),
    "cut short": signed(WEBHOOK_SECRET, body).slice(0, -1),
  };
  return Object.entries(signatures).map(([name, signature]) => ({
    name: `GitHub's webhook, signature ${name}`,
    method: "POST",
    path: "/api/github/deployment-protection",
    headers: {
      "content-type": "application/json",
      "x-github-event": "deployment_protection_rule",
      "x-github-delivery": "1",
      ...(signature === null ? {} : { "x-hub-signature-256": signature }),
    },
    body,
  }));
}

async function send({ method, path, headers, body }: Write): Promise<Response> {
  return fetch(`${canonicalOrigin()}${path}`, { method, headers, body, redirect: "manual" });
}
