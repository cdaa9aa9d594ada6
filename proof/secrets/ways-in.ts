import { createHmac } from "node:crypto";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { callAction, cookieOf, RawBody } from "#test/support/action-client.ts";
import { allActionRows, type ActionWorld } from "#test/support/action-rows.ts";
import { tokenOf } from "#test/support/api-client.ts";
import { endpointSamples } from "#test/support/endpoint-samples.ts";
import { trySignIn } from "#test/support/sign-in-client.ts";
import { someAddress } from "#test/support/some-address.ts";
import { SESSION_COOKIE } from "../support/sessions.ts";
import type { Canaries } from "./canaries.ts";

/** A request with a secret in it that does not hold; answers with all that it was answered. */
export type Way = { readonly where: string; readonly ask: () => Promise<string> };

const PAGES = ["/", "/sign-in", "/setup", "/recover", "/deployments", "/people", "/nowhere", "/api/live"];
/** Names of fields in which a page sends a secret. */
const SECRET_FIELD = /^(?:password|current|token|code)$/;

/** Every way in, with secrets in every place where one belongs and where one goes by mistake. */
export async function waysIn(canaries: Canaries, world: ActionWorld): Promise<readonly Way[]> {
  return [
    ...signIns(canaries),
    ...(await actions(canaries, world)),
    ...(await endpoints(canaries, world)),
    ...pages(canaries),
    ...webhooks(canaries),
  ];
}

function signIns({ mint }: Canaries): readonly Way[] {
  const attempt = (email: string) => async () =>
    JSON.stringify(
      await trySignIn("credentials", { email, password: mint("password") }, { address: someAddress() }),
    );
  const misplaced = async () => {
    const fields = { email: mint("password typed as the e-mail"), password: "x" };
    return JSON.stringify(await trySignIn("credentials", fields, { address: someAddress() }));
  };
  const second = async () => {
    const fields = { proof: JSON.stringify({ kind: "totp", code: mint("one-time code") }) };
    const cookie = `countersign.pending=${mint("first step of signing in")}`;
    return JSON.stringify(await trySignIn("second-factor", fields, { cookie, address: someAddress() }));
  };
  const raw = ["application/json", "application/x-www-form-urlencoded", "text/plain"].map((type) => ({
    where: `a sign-in as ${type}`,
    ask: post("/api/auth/callback/credentials", { "content-type": type }, `{"password":"${mint("password")}`),
  }));
  return [
    { where: "a sign-in", ask: attempt("lead@demo.test") },
    { where: "a sign-in of nobody", ask: attempt("nobody@demo.test") },
    { where: "a sign-in with the password as e-mail", ask: misplaced },
    { where: "the second step", ask: second },
    ...raw,
  ];
}

async function actions({ mint }: Canaries, world: ActionWorld): Promise<readonly Way[]> {
  const [lead, admin] = [await cookieOf(world.team.lead), await cookieOf(world.people.admin)];
  const rows = Object.entries(await allActionRows());
  const ways = rows.map(async ([name, { about, example }]): Promise<readonly Way[]> => {
    const cookie = about === "installation" ? admin : lead;
    const from = { "x-forwarded-for": someAddress() };
    const input = await example(world, world.fresh);
    const call = (given: unknown, as: string) => async () => {
      const { status, body } = await callAction(name, given, as, from);
      return `${status} ${body}`;
    };
    const secret = mint("secret in an action");
    const more = typeof input === "object" ? { ...input, password: secret } : secret;
    return [
      { where: name, ask: call(withSecrets(input, mint), cookie) },
      { where: `${name} with a field too many`, ask: call(more, cookie) },
      { where: `${name}, cut off`, ask: call(new RawBody(`[{"password":"${mint("password")}"`), cookie) },
      { where: `${name} without a session`, ask: call(input, `${SESSION_COOKIE}=${mint("session")}`) },
    ];
  });
  return (await Promise.all(ways)).flat();
}

async function endpoints({ mint }: Canaries, world: ActionWorld): Promise<readonly Way[]> {
  const token = await tokenOf(world.team.lead, "read", "write");
  const samples = endpointSamples(world.fresh, "");
  return ENDPOINTS.flatMap(({ id, method }): readonly Way[] => {
    const { path = "", query = "", body } = samples[id] ?? {};
    const send = (headers: Record<string, string>, text?: string) =>
      ask(method, `/api/v1${path}${query}`, headers, method === "GET" ? undefined : (text ?? "{}"));
    const authorized = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const basic = Buffer.from(`x:${mint("basic account")}`).toString("base64");
    const address = `https://operator:${mint("address with an account")}@example.com/`;
    const given = typeof body === "object" && body !== null ? body : {};
    const evidence = { ...given, kind: "link", url: address, links: [{ title: "x", url: address }] };
    return [
      { where: `${id} by a token`, ask: send({ authorization: `Bearer csgn_${mint("API token")}` }) },
      { where: `${id} by a basic account`, ask: send({ authorization: `Basic ${basic}` }) },
      { where: `${id} by a session`, ask: send({ cookie: `${SESSION_COOKIE}=${mint("session")}` }) },
      { where: `${id}, cut off`, ask: send(authorized, `{"password":"${mint("password")}`) },
      {
        where: `${id} with a field too many`,
        ask: send(authorized, JSON.stringify({ ...given, token: mint("API token") })),
      },
      { where: `${id} with an account in an address`, ask: send(authorized, JSON.stringify(evidence)) },
    ];
  });
}

function pages({ mint }: Canaries): readonly Way[] {
  return PAGES.flatMap((path) => [
    {
      where: `${path} with a session`,
      ask: ask("GET", path, { cookie: `${SESSION_COOKIE}=${mint("session")}` }),
    },
    {
      where: `${path} with a token`,
      ask: ask("GET", path, { authorization: `Bearer ${mint("API token")}` }),
    },
  ]);
}

function webhooks({ mint }: Canaries): readonly Way[] {
  const secret = mint("secret of a forged webhook");
  const body = JSON.stringify({ action: "requested", token: mint("token of a forged webhook") });
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const path = "/api/github/deployment-protection";
  const type = { "content-type": "application/json" };
  return [
    { where: "a forged webhook", ask: post(path, { ...type, "x-hub-signature-256": signature }, body) },
    { where: "a webhook with its secret", ask: post(path, { ...type, "x-hub-signature-256": secret }, body) },
  ];
}

/** The same input, with secrets of its own where it takes some. */
function withSecrets(input: unknown, mint: Canaries["mint"]): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      SECRET_FIELD.test(name) && typeof value === "string"
        ? mint(`${name} of an action`)
        : withSecrets(value, mint),
    ]),
  );
}

function post(path: string, headers: Record<string, string>, body: string): Way["ask"] {
  return ask("POST", path, headers, body);
}

function ask(method: string, path: string, headers: Record<string, string>, body?: string): Way["ask"] {
  return async () => {
    const origin = canonicalOrigin();
    const stop = new AbortController();
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { origin, "x-forwarded-for": someAddress(), ...headers },
      redirect: "manual",
      signal: stop.signal,
      ...(body === undefined ? {} : { body }),
    });
    const head = `${answer.status} ${JSON.stringify([...answer.headers])}`;
    if (answer.headers.get("content-type")?.startsWith("text/event-stream") === true) {
      stop.abort();
      return head;
    }
    return `${head} ${await answer.text()}`;
  };
}
