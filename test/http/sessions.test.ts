import { beforeAll, describe, expect, inject, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { disablePerson, setPassword } from "#lib/services/people.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { endSession } from "#lib/services/sessions.ts";
import { cookieOf } from "#test/support/action-client.ts";
import { emailOf, makePerson, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;
let admin: Awaited<ReturnType<typeof makePerson>>;
let id: string;

beforeAll(async () => {
  team = await makeTeam();
  admin = await makePerson("admin", null);
  id = await openRecord(team);
});

describe("a session ends when told; its cookie is refused at the next request", () => {
  const endings: readonly (readonly [string, (personId: string, cookie: string) => Promise<unknown>])[] = [
    ["signed out", (_person, cookie) => endSession(cookie.split("=")[1] ?? "")],
    ["account closed", (personId) => disablePerson(admin, { personId })],
    ["password changed", (personId) => setPassword(admin, { personId, password: "another long password" })],
    ["role taken away", (personId) => revokeRole(admin, { personId, role: "engineer", teamId: team.id })],
    [
      "expired",
      (personId) =>
        pool().query(
          "UPDATE sessions SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE user_id = $1",
          [personId],
        ),
    ],
  ];

  test.each(endings)("%s", async (_title, end) => {
    const person = await makePerson("engineer", team.id);
    const cookie = await cookieOf(person);
    expect(await statusOf(cookie)).toBe(200);
    await end(person.id, cookie);
    for (let replay = 0; replay < 100; replay += 1) expect(await statusOf(cookie)).toBe(401);
  });
});

test("guessing is limited, and an unknown account looks the same", async () => {
  const attempt = async (email: string) => {
    const { url } = inject("app");
    const csrf = await fetch(`${url}/api/auth/csrf`);
    const { csrfToken } = await csrf.json();
    const answer = await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: url,
        "content-type": "application/x-www-form-urlencoded",
        cookie: csrf.headers
          .getSetCookie()
          .map((cookie) => cookie.split(";")[0])
          .join("; "),
      },
      body: new URLSearchParams({ email, password: "a guess", csrfToken, json: "true" }),
    });
    return { status: answer.status, body: await answer.text() };
  };
  const guessed = await emailOf(await makePerson("engineer", team.id));
  const known = await attempt(guessed);
  const unknown = await attempt("nobody@demo.test");
  expect(unknown).toEqual(known);
  expect(known.status).toBe(401);
  const more = [];
  for (let count = 0; count < 11; count += 1) more.push((await attempt(guessed)).status);
  expect(more.at(-1)).toBe(429);
  expect(more.filter((status) => status === 401)).toHaveLength(9);
});

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

test("a record that one may not see is not there", async () => {
  const stranger = await makePerson("engineer", (await makeTeam()).id);
  const cookie = await cookieOf(stranger);
  const answer = await fetch(`${inject("app").url}/api/v1/deployments/${id}`, { headers: { cookie } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
});

async function statusOf(cookie: string): Promise<number> {
  return (await fetch(`${inject("app").url}/api/v1/deployments/${id}`, { headers: { cookie } })).status;
}
