import { beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { cookieOf } from "#test/support/action-client.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { callsWith, codeIn, type DocumentedCall } from "#test/support/documented-call.ts";
import { eventTypes, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;
let call: DocumentedCall;

beforeAll(async () => {
  team = await makeTeam();
  call = callsWith(await tokenOf(team.lead, "read", "write"));
});

test("a session reads; it writes with our own Origin alone", async () => {
  const id = await openRecord(team);
  const cookie = await cookieOf(team.engineer);
  const path = `/deployments/${id}/items/cdn/completion`;
  expect((await callApi(null, "GET", `/deployments/${id}`, { headers: { cookie } })).status).toBe(200);
  for (const origin of [undefined, "null", "https://evil.example", `${inject("app").url}.evil.example`]) {
    const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
    expect((await callApi(null, "PUT", path, { headers })).status).toBe(403);
  }
  expect((await callApi(null, "PUT", path, { headers: { cookie, origin: inject("app").url } })).status).toBe(
    200,
  );
});

test(
  "every answer to a token says what is left of its quota, and past it comes 429",
  { timeout: 120_000 },
  async () => {
    const mine = await tokenOf(team.auditor, "read");
    const first = await callApi(mine, "GET", "/deployments?limit=1");
    expect(first.headers.get("ratelimit")).toMatch(/^"token";r=599;t=\d+$/);
    expect(first.headers.get("ratelimit-policy")).toBe('"token";q=600;w=60');
    for (let index = 0; index < 12; index += 1) {
      await Promise.all(Array.from({ length: 50 }, async () => callApi(mine, "GET", "/deployments?limit=1")));
    }
    const over = await callApi(mine, "GET", "/deployments?limit=1");
    expect([over.status, codeIn(over)]).toEqual([429, "rate-limited"]);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
  },
);

test("one's own comment is said, said differently and deleted; nobody else's is", async () => {
  const id = await openRecord(team);
  const said = await call("addComment", { id }, { body: { text: "Why?", item: "cdn" } });
  const { commentId: comment } = z.object({ commentId: z.uuid() }).parse(said.json);
  await call("editComment", { id, comment }, { body: { text: "Why now?", mentions: [team.sre.id] } });
  const listed = await call("listComments", { id }, {}, "?item=cdn");
  expect(listed.json).toMatchObject({
    comments: [{ id: comment, text: "Why now?", mentions: [{ id: team.sre.id }] }],
  });
  const others = await tokenOf(team.engineer, "write");
  const path = `/deployments/${id}/comments/${comment}`;
  const edit = await callApi(others, "PUT", path, { body: { text: "No." } });
  const removal = await callApi(others, "DELETE", path);
  expect([codeIn(edit), codeIn(removal)]).toEqual(["forbidden", "forbidden"]);
  await call("deleteComment", { id, comment });
  expect(codeIn(await call("editComment", { id, comment }, { body: { text: "Again?" } }))).toBe("not-found");
  expect((await eventTypes(id)).slice(-3)).toEqual(["comment.added", "comment.edited", "comment.deleted"]);
});
