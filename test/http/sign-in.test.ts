import { expect, inject, test } from "vitest";
import { now } from "#lib/clock.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { cookieOf } from "#test/support/action-client.ts";
import { emailOf, makePerson, makeTeam, PASSWORD } from "#test/support/factories.ts";
import { someAddress } from "#test/support/some-address.ts";
import { trySignIn } from "#test/support/sign-in-client.ts";

test("malformed sign-ins are refused without a fault", async () => {
  const { url } = inject("app");
  const post = (body: string, type: string) =>
    fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { origin: url, "content-type": type },
      body,
      redirect: "manual",
    });
  expect((await post("{", "application/json")).status).toBe(415);
  expect((await post("x".repeat(40_000), "application/x-www-form-urlencoded")).status).toBe(413);
  expect((await post("%%%=%", "application/x-www-form-urlencoded")).status).toBeLessThan(500);
});

test("an address that no account can have matches none, and no word of the database's comes back", async () => {
  const answer = await trySignIn("credentials", { email: "a\u0000b@x", password: PASSWORD });
  expect(answer.status).toBe(401);
  expect(answer.body).toContain("CredentialsSignin");
});

test("with a second factor the password alone gives no session, and the code of the set-up is used", async () => {
  const person = await makePerson("engineer", (await makeTeam()).id);
  const actor = await findActor((await cookieOf(person)).split("=")[1] ?? "");
  if (actor === null) throw new Error("no session");
  const { secret } = await beginTotp(actor);
  const code = totpFor(secret, "").generate({ timestamp: Date.parse(now()) });
  await confirmTotp(actor, { code });
  const fields = { email: await emailOf(person), password: PASSWORD };
  const first = await trySignIn("credentials", fields, { address: someAddress() });
  expect(first.status).toBe(401);
  expect(first.body).toContain("second-factor-required");
  expect(first.cookies.some((each) => /^countersign\.session=./.test(each))).toBe(false);
  const cookie = first.cookies.find((each) => each.startsWith("countersign.pending=")) ?? "";
  for (const each of [cookie, cookie.replace("pending", "session")]) {
    const answer = await fetch(`${inject("app").url}/api/v1/deployments`, { headers: { cookie: each } });
    expect(answer.status).toBe(401);
  }
  const proofs = [JSON.stringify({ kind: "totp", code }), "", "null", '{"kind":"passkey","challengeId":"x"}'];
  for (const proof of proofs)
    expect((await trySignIn("second-factor", { proof }, { cookie, address: someAddress() })).status).toBe(
      401,
    );
});

test("a browser on which somebody signed in before lets them in while strangers guess", async () => {
  const email = await emailOf(await makePerson("engineer", (await makeTeam()).id));
  const attempt = async (password: string, cookie = "") =>
    trySignIn("credentials", { email, password }, { cookie, address: someAddress() });
  const set = (await attempt(PASSWORD)).setCookies.find((each) => each.startsWith("countersign.devices="));
  expect(set).toMatch(/; Path=\/; .*HttpOnly; SameSite=strict/i);
  for (let guess = 0; guess < LIMITS.account.points; guess += 1)
    expect((await attempt(`guess ${guess}`)).status).toBe(401);
  expect((await attempt(PASSWORD)).status).toBe(429);
  const known = set?.split(";")[0] ?? "";
  expect((await attempt("a guess", known)).status).toBe(401);
  expect((await attempt(PASSWORD, known)).status).toBe(200);
});
