import { readFileSync } from "node:fs";
import { z } from "zod";
import { contentDigest } from "#lib/db/content-digest.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { createTokenFor } from "#lib/services/tokens.ts";
import { emailOf, load, PASSWORD } from "#test/support/factories.ts";
import { refute } from "./counter-example.ts";
import type { Player } from "./headway.ts";
import type { Ask } from "./model.ts";
import type { Span } from "./jobs.ts";

export type HttpClient = {
  /** Null for what has no way in over HTTP; rejects on any answer that is neither success nor refusal. */
  readonly operate: (
    player: Player,
    id: string,
    ask: Ask,
  ) => Promise<(Span & { code: string | null; revision: null }) | null>;
};

const ADMINISTRATOR = { ...CHECK_RUNNER, grants: [{ role: "admin" as const, teamId: null }] };
const manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });
/** So that no token meets its limit of requests a minute. */
const TOKENS = 6;

/** The app's own ways in: REST for what tokens may do, server actions for signatures. */
export async function overHttp(url: string, players: readonly Player[]): Promise<HttpClient> {
  const tokens = new Map<string, readonly string[]>();
  const cookies = new Map<string, string>();
  for (const player of players) {
    const made: string[] = [];
    for (let index = 0; index < TOKENS; index += 1)
      made.push(
        await createTokenFor(ADMINISTRATOR, player.id, {
          name: `t${index}`,
          scopes: ["read", "write"],
          days: 1,
        }),
      );
    tokens.set(player.id, made);
    const session = await signIn(await emailOf(player), PASSWORD, player.id);
    if (session?.state !== "signed-in") throw new Error("a player could not sign in");
    cookies.set(player.id, `countersign.session=${session.token}`);
  }
  let turn = 0;
  const operate: HttpClient["operate"] = async (player, id, ask) => {
    const start = Number(process.hrtime.bigint() / 1_000n);
    turn += 1;
    const code =
      ask.do === "approve"
        ? await approve(url, cookies.get(player.id) ?? "", id, ask)
        : await rest(url, tokens.get(player.id)?.[turn % TOKENS] ?? "", id, ask);
    return code === undefined
      ? null
      : { start, end: Number(process.hrtime.bigint() / 1_000n), code, revision: null };
  };
  return { operate };
}

async function rest(url: string, token: string, id: string, ask: Ask): Promise<string | null | undefined> {
  const request = requestFor(ask);
  if (request === null) return undefined;
  const [method, path, body] = request;
  const answer = await fetch(`${url}/api/v1/deployments/${id}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.ok) return null;
  if (answer.status >= 500 || answer.status === 429)
    refute(`${method} ${path} answered ${answer.status}: ${text}`);
  return z.object({ code: z.string() }).parse(JSON.parse(text)).code;
}

function requestFor(ask: Ask): readonly [string, string, object?] | null {
  switch (ask.do) {
    case "tick":
      return ["PUT", `/items/${ask.item}/completion`];
    case "clear":
      return ["DELETE", `/items/${ask.item}/completion`];
    case "waive":
      return ["PUT", `/items/${ask.item}/waiver`, { reason: ask.reason }];
    case "note":
      return ["POST", `/items/${ask.item}/evidence`, { kind: "note", text: ask.text }];
    case "complete":
      return ["POST", `/phases/${ask.phase}/completion`];
    case "start":
      return ["POST", `/phases/${ask.phase}/start`];
    case "roll-back":
      return ["POST", "/rollback", { reason: ask.text }];
    case "cancel":
      return ["POST", "/cancellation", { reason: ask.text }];
    default:
      return null;
  }
}

async function approve(
  url: string,
  cookie: string,
  id: string,
  ask: Ask & { do: "approve" | "reject" },
): Promise<string | null> {
  const digest = contentDigest(await load(id));
  const proof = { kind: "password", password: PASSWORD };
  const input = { deploymentId: id, role: ask.role, digest, proof, comment: ask.text };
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    headers: {
      origin: url,
      "next-action": actionId("grantApprovalAction"),
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      cookie,
    },
    body: JSON.stringify([input]),
    redirect: "manual",
  });
  const text = await answer.text();
  if (answer.status >= 500) refute(`an approval answered ${answer.status}: ${text.slice(0, 300)}`);
  if (/"ok":true/.test(text)) return null;
  const code = /"ok":false,"code":"([a-z-]+)"/.exec(text)?.[1];
  return code ?? refute(`an approval answered ${answer.status} without a code: ${text.slice(0, 300)}`);
}

function actionId(name: string): string {
  const { node } = manifest.parse(
    JSON.parse(readFileSync(".next-test/server/server-reference-manifest.json", "utf8")),
  );
  const id = Object.entries(node).find(([, { exportedName }]) => exportedName === name)?.[0];
  return id ?? refute(`the build has no server action ${name}`);
}
