import { beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { cookieOf } from "#test/support/action-client.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { codeIn, makeCallingTeam, type DocumentedCall } from "#test/support/documented-call.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { eventTypes, load, openRecord, type Team } from "#test/support/factories.ts";
import { startHealthService } from "#test/support/peers/health-service.ts";

let team: Team;
let call: DocumentedCall;

beforeAll(async () => {
  ({ team, call } = await makeCallingTeam());
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

test("an address that is a word of the API is not taken for what may stand in its place", async () => {
  const id = await openRecord(team);
  const path = `/deployments/${id}/events`;
  const token = await tokenOf(team.lead, "read");
  expect((await callApi(token, "GET", `${path}/1`)).status).toBe(200);
  const taken = await callApi(token, "GET", `${path}/export?format=csv`);
  expect([taken.status, taken.headers.get("content-type")]).toEqual([
    200,
    "text/csv; charset=utf-8; header=present",
  ]);
});

test("a record leaves as a PDF, set beside the server's own work", async () => {
  const token = await tokenOf(team.auditor, "read");
  const answer = await callApi(token, "GET", `/deployments/${await openRecord(team)}/export?format=pdf`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(answer.text.slice(0, 5)).toBe("%PDF-");
});

test("asking a gate leaves evidence, so a session is answered to our own pages alone", async () => {
  const health = await startHealthService();
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  await addEvidence(team.engineer, { deploymentId: id, item: "cdn", content: { kind: "note", text: "Up." } });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [health.url] } } });
  const cookie = await cookieOf(team.engineer);
  const path = `/deployments/${id}/gates/final-checks`;
  for (const site of [undefined, "none", "cross-site", "same-site"]) {
    const headers = { cookie, ...(site === undefined ? {} : { "sec-fetch-site": site }) };
    for (const method of ["GET", "HEAD"])
      expect((await callApi(null, method, path, { headers })).status, `${method} from ${site}`).toBe(403);
    if (site === undefined) continue;
    // Whatever else a page elsewhere manages to send, its browser says whose it is.
    const forged = { ...headers, "x-requested-with": "Countersign" };
    expect((await callApi(null, "GET", path, { headers: forged })).status).toBe(403);
  }
  const seen = async () => (await load(id)).evidence.filter(({ source }) => source === "system").length;
  expect(await seen()).toBe(0);
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  expect((await callApi(null, "GET", path, { headers })).status).toBe(200);
  expect(await seen()).toBeGreaterThan(0);
  // Over plain HTTP a browser does not say whose page asks; our own then says it by a header.
  const ours = { cookie, "x-requested-with": "Countersign" };
  expect((await callApi(null, "GET", path, { headers: ours })).status).toBe(200);
  health.stop();
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
