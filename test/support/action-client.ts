import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { emailOf, PASSWORD } from "./factories.ts";

const manifestSchema = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });

let known: ReadonlyMap<string, string> | undefined;

/** The server actions of the build that is running, by name. */
export function actionIds(): ReadonlyMap<string, string> {
  known ??= readActionIds();
  return known;
}

function readActionIds(): ReadonlyMap<string, string> {
  const manifest = manifestSchema.parse(
    JSON.parse(readFileSync(".next-test/server/server-reference-manifest.json", "utf8")),
  );
  return new Map(Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]));
}

/** A body sent as it is, instead of an argument. */
export class RawBody {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Answer = { readonly status: number; readonly code: string | null; readonly body: string };

/**
 * Calls an action as a browser would, or as somebody else would with other headers. A page that does not
 * have the action hands the call on to one that has, by a request of its own.
 */
export async function callAction(
  name: string,
  input: unknown,
  cookie: string | null,
  headers: Record<string, string | null> = {},
  page = "/sign-in",
): Promise<Answer> {
  const url = canonicalOrigin();
  const all: Record<string, string | null> = {
    origin: url,
    "next-action": actionIds().get(name) ?? "none",
    accept: "text/x-component",
    "content-type": "text/plain;charset=UTF-8",
    cookie,
    ...headers,
  };
  const answer = await fetch(`${url}${page}`, {
    method: "POST",
    headers: Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    ),
    body: input instanceof RawBody ? input.text : JSON.stringify([input]),
    redirect: "manual",
  });
  const body = await answer.text();
  const code = /"ok":true/.test(body) ? "ok" : (/"ok":false,"code":"([a-z-]+)"/.exec(body)?.[1] ?? null);
  return { status: answer.status, code, body };
}

/** A session's cookie for a person of the test's teams. */
export async function cookieOf(person: Actor & { kind: "person" }): Promise<string> {
  const session = await signIn(await emailOf(person), PASSWORD, `test-${person.id}`);
  if (session === null) throw new Error("the test's person could not sign in");
  return `countersign.session=${session.token}`;
}
