import { z } from "zod";
import { canonicalOrigin } from "#lib/env.ts";

export type SignInAnswer = {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
  /** The same with what is said of each. */
  readonly setCookies: readonly string[];
  readonly milliseconds: number;
};

export type From = { readonly cookie?: string; readonly address?: string };

/** Signs in as the page does, by a provider of next-auth's; `address` is where it seems to come from. */
export async function trySignIn(
  provider: "credentials" | "second-factor",
  fields: Readonly<Record<string, string>>,
  { cookie = "", address = "192.0.2.1" }: From = {},
): Promise<SignInAnswer> {
  return post(`callback/${provider}`, fields, cookie, address);
}

export async function signOut(cookie: string): Promise<void> {
  const { status } = await post("signout", {}, cookie, "192.0.2.1");
  if (status !== 200) throw new Error(`signing out answered ${status}`);
}

async function post(
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie: string,
  address: string,
): Promise<SignInAnswer> {
  const url = canonicalOrigin();
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const headers = {
    origin: url,
    "content-type": "application/x-www-form-urlencoded",
    cookie: [...namesAndValues(csrf), cookie].join("; "),
    "x-forwarded-for": address,
  };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const began = performance.now();
  const answer = await fetch(`${url}/api/auth/${path}`, {
    method: "POST",
    redirect: "manual",
    headers,
    body,
  });
  const text = await answer.text();
  const milliseconds = performance.now() - began;
  const [cookies, setCookies] = [namesAndValues(answer), answer.headers.getSetCookie()];
  return { status: answer.status, body: text, cookies, setCookies, milliseconds };
}

function namesAndValues({ headers }: Response): readonly string[] {
  return headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
}
