import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { now } from "#lib/clock.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { callAction, cookieOf } from "#test/support/action-client.ts";
import { emailOf, makePerson, makeTeam, PASSWORD, type Team } from "#test/support/factories.ts";

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

/** Signs in as a page does; answers with status, body and the cookies that were set. */
async function attempt(provider: string, fields: Record<string, string>, cookie = "", from = randomUUID()) {
  const { url } = inject("app");
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const own = csrf.headers.getSetCookie().map((each) => each.split(";")[0]);
  const answer = await fetch(`${url}/api/auth/callback/${provider}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      origin: url,
      "content-type": "application/x-www-form-urlencoded",
      cookie: [...own, cookie].join("; "),
      "x-forwarded-for": from,
    },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  const cookies = answer.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  return { status: answer.status, body: await answer.text(), cookies };
}

describe("a second factor at sign-in", () => {
  async function pending() {
    const person = await makePerson("engineer", team.id);
    const token = (await cookieOf(person)).split("=")[1] ?? "";
    const actor = await findActor(token);
    if (actor === null) throw new Error("no session");
    const { secret } = await beginTotp(actor);
    const code = totpFor(secret, "").generate({ timestamp: Date.parse(now()) });
    await confirmTotp(actor, { code });
    const first = await attempt("credentials", { email: await emailOf(person), password: PASSWORD });
    const cookie = first.cookies.find((each) => each.startsWith("countersign.pending=")) ?? "";
    return { first, cookie, code };
  }

  test("the first step gives no session", async () => {
    const { first, cookie } = await pending();
    expect(first.status).toBe(401);
    expect(first.body).toContain("second-factor-required");
    expect(first.cookies.some((each) => /^countersign\.session=./.test(each))).toBe(false);
    const { url } = inject("app");
    const asSession = cookie.replace("pending", "session");
    for (const each of [cookie, asSession])
      expect((await fetch(`${url}/api/v1/deployments`, { headers: { cookie: each } })).status).toBe(401);
  });

  test("guessed codes are limited, and the one of the set-up is used", async () => {
    const { cookie, code } = await pending();
    const answers = [];
    for (let count = 0; count < LIMITS["second-factor"].points + 2; count += 1)
      answers.push(await attempt("second-factor", { proof: JSON.stringify({ kind: "totp", code }) }, cookie));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    for (const garbage of ["", "{", "null", '{"kind":"totp"}', '{"kind":"passkey","challengeId":"x"}'])
      expect((await attempt("second-factor", { proof: garbage }, cookie)).status).toBe(401);
  });
});

test("proof at signing is limited", async () => {
  const person = await makePerson("engineer", team.id);
  const cookie = await cookieOf(person);
  const codes = [];
  for (let count = 0; count < LIMITS.account.points + 2; count += 1) {
    const proof = { kind: "password", password: `guess ${count}` };
    codes.push((await callAction("stepUpAction", { proof }, cookie)).code);
  }
  expect(codes.slice(0, LIMITS.account.points).every((code) => code === "proof-required")).toBe(true);
  expect(codes.slice(LIMITS.account.points)).toEqual(["rate-limited", "rate-limited"]);
});

test("/setup is limited by address", async () => {
  const input = {
    token: "x",
    team: "T",
    name: "N",
    email: "n@test.example",
    password: "long enough password",
  };
  const from = { "x-forwarded-for": randomUUID() };
  const codes = [];
  for (let count = 0; count < LIMITS["set-up"].points + 2; count += 1)
    codes.push((await callAction("setUpAction", input, null, from)).code);
  expect(codes.filter((code) => code === "forbidden")).toHaveLength(LIMITS["set-up"].points);
  expect(codes.slice(-2)).toEqual(["rate-limited", "rate-limited"]);
});

test("tokens are limited by address: 401, all alike, and then 429", async () => {
  const from = randomUUID();
  const { url } = inject("app");
  const statuses: number[] = [];
  for (let count = 0; count < LIMITS["bad-token"].points + 5; count += 1) {
    const headers = { authorization: `Bearer csgn_${randomUUID()}`, "x-forwarded-for": from };
    statuses.push((await fetch(`${url}/api/v1/deployments`, { headers })).status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(LIMITS["bad-token"].points);
  expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
});
