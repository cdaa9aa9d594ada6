import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { countAttempt, LIMITS } from "#lib/services/attempt-limits.ts";
import { callAction, cookieOf } from "#test/support/action-client.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import {
  codeIn,
  idIn,
  makeCallingTeam,
  openingOf,
  type DocumentedCall,
} from "#test/support/documented-call.ts";
import { makePerson, makeTeam, openRecord, settlePhase, type Team } from "#test/support/factories.ts";

let team: Team;
let token: string;
let call: DocumentedCall;

beforeAll(async () => {
  ({ team, token, call } = await makeCallingTeam());
});

test("a key gives the first answer again, once in force among twenty at once", async () => {
  const body = await openingOf(team);
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => callApi(token, "POST", "/deployments", { body, key })),
  );
  const made = answers.filter(({ status }) => status === 201).map(idIn);
  expect(new Set(made).size).toBe(1);
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  const again = await callApi(token, "POST", "/deployments", { body, key });
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(idIn(again)).toBe(made[0]);
  const listed = await call("listDeployments", {}, {}, `?service=${body.service}`);
  expect(z.object({ deployments: z.array(z.unknown()) }).parse(listed.json).deployments).toHaveLength(1);
  const other = await callApi(token, "POST", "/deployments", { body: { ...body, version: "9" }, key });
  expect([other.status, codeIn(other)]).toEqual([422, "idempotency-key-reused"]);
});

test("a refused request gives its key back", async () => {
  const id = await openRecord(team);
  const key = randomUUID();
  const path = `/deployments/${id}/phases/pre-deployment/completion`;
  expect((await callApi(token, "POST", path, { key })).status).toBe(409);
  await settlePhase(team, id, "pre-deployment");
  expect((await callApi(token, "POST", path, { key })).status).toBe(200);
  expect((await callApi(token, "POST", path, { key })).headers.get("idempotent-replayed")).toBe("true");
});

test("If-Match refuses a write on another revision; If-None-Match answers 304", async () => {
  const id = await openRecord(team);
  const read = await call("getDeployment", { id });
  const etag = read.headers.get("etag") ?? "";
  const headers = { "if-match": etag };
  expect((await call("checkItem", { id, key: "cdn" }, { headers })).status).toBe(200);
  const stale = await call("checkItem", { id, key: "mtls-enabled" }, { headers });
  expect([stale.status, codeIn(stale)]).toEqual([412, "revision-changed"]);
  const fresh = (await call("getDeployment", { id })).headers.get("etag") ?? "";
  expect(
    (await callApi(token, "GET", `/deployments/${id}`, { headers: { "if-none-match": fresh } })).status,
  ).toBe(304);
});

test("an ETag changes with what stands beside the record, too", async () => {
  const id = await openRecord(team);
  await call("cancelDeployment", { id }, { body: { reason: "Not today." } });
  const before = (await call("getDeployment", { id })).headers.get("etag") ?? "";
  await call("openDeployment", {}, { body: await openingOf(team, { predecessorId: id }) });
  const headers = { "if-none-match": before };
  const after = await callApi(token, "GET", `/deployments/${id}`, { headers });
  expect(after.status).toBe(200);
  expect(after.headers.get("etag")?.split("-")[0]).toBe(before.split("-")[0]);
});

test("pages are complete and without doubles while records are opened", async () => {
  const body = await openingOf(team);
  for (let index = 0; index < 5; index += 1) await callApi(token, "POST", "/deployments", { body });
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await call(
      "listDeployments",
      {},
      {},
      `?service=${body.service}&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    const { deployments, nextCursor } = z
      .object({ deployments: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
      .parse(page.json);
    seen.push(...deployments.map((row) => row.id));
    cursor = nextCursor;
    if (seen.length === 2) await callApi(token, "POST", "/deployments", { body });
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test("beyond a hundred records an hour one person opens no more, and hears it in words", async () => {
  const team = await makeTeam();
  const [token, another] = [await tokenOf(team.lead, "write"), await makePerson("team-lead", team.id)];
  const body = await openingOf(team);
  const open = async (by: string) => callApi(by, "POST", "/deployments", { body });
  expect((await open(token)).status).toBe(201);
  for (let count = 1; count < LIMITS.opening.points; count += 1) await countAttempt("opening", team.lead.id);
  const refused = await open(token);
  expect(refused.status).toBe(429);
  expect(refused.text).toContain("You have opened 100 deployments within an hour");
  expect((await callAction("openDeploymentAction", body, await cookieOf(team.lead))).code).toBe(
    "rate-limited",
  );
  expect((await open(await tokenOf(another, "write"))).status).toBe(201);
});
