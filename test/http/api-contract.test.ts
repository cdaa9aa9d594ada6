import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { itemsOf } from "#lib/domain/checklist.ts";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { openApiDocument } from "#lib/api/openapi.ts";
import { cookieOf } from "#test/support/action-client.ts";
import { callApi, tokenOf, type ApiAnswer, type ApiRequest } from "#test/support/api-client.ts";
import {
  emailOf,
  eventTypes,
  load,
  makeTeam,
  openRecord,
  settlePhase,
  signAll,
  type Team,
} from "#test/support/factories.ts";
import { passingEvidence } from "#test/support/records.ts";

let team: Team;
let token: string;

beforeAll(async () => {
  team = await makeTeam();
  token = await tokenOf(team.lead, "read", "write");
});

/** Calls an endpoint by its operation id and holds a success against what it documents. */
async function call(
  id: string,
  params: Record<string, string> = {},
  request: ApiRequest = {},
  query = "",
): Promise<ApiAnswer> {
  const endpoint = ENDPOINTS.find((candidate) => candidate.id === id);
  if (endpoint === undefined) throw new Error(`no endpoint ${id}`);
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? "");
  const answer = await callApi(token, endpoint.method, `${path}${query}`, request);
  if (answer.status < 300 && id !== "downloadFile") {
    expect(answer.status).toBe(endpoint.status ?? 200);
    const checked = endpoint.response.safeParse(answer.json);
    expect(checked.error?.issues ?? []).toEqual([]);
  }
  return answer;
}

async function opening(more: object = {}) {
  return {
    team: team.name,
    service: `service-${randomUUID().slice(0, 8)}`,
    version: "2.14.0",
    commit: "3f9c2ab",
    environment: "production",
    deploymentAt: new Date(Date.now() + 86_400_000).toISOString(),
    deployedBy: await emailOf(team.engineer),
    ...more,
  };
}

const idIn = (answer: ApiAnswer) => z.object({ id: z.uuid() }).parse(answer.json).id;
const codeIn = (answer: ApiAnswer) => z.object({ code: z.string() }).parse(answer.json).code;

test("addresses that are none, and methods that are not taken, are problems too", async () => {
  const nowhere = await callApi(token, "GET", "/nothing/here");
  expect(nowhere.json).toMatchObject({ status: 404, code: "not-found" });
  const patched = await callApi(token, "PATCH", "/deployments");
  expect(patched.json).toMatchObject({ status: 405, code: "method-not-allowed" });
  expect(patched.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
  const options = await callApi(token, "OPTIONS", "/deployments");
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, POST, HEAD, OPTIONS"]);
});

test("no two endpoints answer one address", () => {
  const shapes = ENDPOINTS.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
  expect(new Set(shapes).size).toBe(shapes.length);
});

test("the OpenAPI document is valid, open to everybody, and the one that the code makes", async () => {
  const answer = await callApi(null, "GET", "/openapi.json");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  const { valid, errors } = await new Validator().validate(JSON.parse(answer.text));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test("a whole deployment over HTTP, but for the signatures", { timeout: 120_000 }, async () => {
  const opened = await call("openDeployment", {}, { body: await opening() });
  const id = idIn(opened);
  expect(opened.headers.get("location")).toBe(`/api/v1/deployments/${id}`);
  for (const phase of ["pre-deployment", "final-checks"]) await settleOverHttp(id, phase);

  const closed = await call("getGate", { id, phase: "deployment" });
  expect(closed.json).toMatchObject({
    open: false,
    blockers: expect.arrayContaining([expect.objectContaining({ code: "approval-missing" })]),
  });
  const early = await call("startPhase", { id, phase: "deployment" });
  expect([early.status, codeIn(early)]).toEqual([409, "gate-closed"]);
  await signAll(team, id);
  expect((await call("getGate", { id, phase: "deployment" })).json).toMatchObject({
    open: true,
    blockers: [],
  });
  expect((await call("startPhase", { id, phase: "deployment" })).status).toBe(200);
  await settleOverHttp(id, "deployment");

  const rollback = await call("triggerRollback", { id }, { body: { reason: "Errors rise" } });
  expect(rollback.status).toBe(200);
  const view = await call("getDeployment", { id });
  expect(view.json).toMatchObject({ status: "rolling-back" });
  const events = await call("listDeploymentEvents", { id }, {}, "?limit=100");
  const [newest] = z
    .object({ events: z.array(z.looseObject({ type: z.string() })) })
    .parse(events.json).events;
  expect(newest).toMatchObject({
    type: "rollback.triggered",
    actor: { kind: "token", id: team.lead.id, name: expect.stringContaining(team.lead.name) },
  });
});

async function settleOverHttp(id: string, phaseKey: string): Promise<void> {
  const { checklist } = await load(id);
  const phase = checklist.phases.find(({ key }) => key === phaseKey);
  if (phase === undefined) throw new Error(`no phase ${phaseKey}`);
  for (const { item } of itemsOf(phase)) {
    const params = { id, key: item.key };
    if (item.conditional) {
      expect((await call("waiveItem", params, { body: {} })).status).toBe(200);
      continue;
    }
    const content = passingEvidence(item, new Date().toISOString());
    if (content !== null) expect((await call("addEvidence", params, { body: content })).status).toBe(201);
    expect((await call("checkItem", params)).status).toBe(200);
  }
  expect((await call("completePhase", { id, phase: phaseKey })).status).toBe(200);
}

describe("evidence", () => {
  let id: string;
  beforeAll(async () => {
    id = await openRecord(team, { targets: ["kubernetes"] });
  });

  test("a report is judged, kept, and ticks its item; newer evidence takes the tick's ground away", async () => {
    const passed = '<testsuites><testsuite><testcase name="works"/></testsuite></testsuites>';
    const key = "tests-passing";
    for (const label of ["unit", "integration"]) {
      const part = await call(
        "addEvidence",
        { id, key },
        { body: passed },
        `?checker=junit&label=${label}&name=junit.xml`,
      );
      expect(part.json).toMatchObject({ verdicts: [{ verdict: "pass", settled: false }] });
    }
    const last = await call(
      "addEvidence",
      { id, key },
      { body: passed },
      "?checker=junit&label=e2e&name=junit.xml",
    );
    expect(last.json).toMatchObject({
      verdicts: [{ verdict: "pass", settled: true, summary: "1 passed, 0 failed, 0 skipped" }],
    });
    await call(
      "addEvidence",
      { id, key },
      { body: passed.replace("/>", "><failure/></testcase>") },
      "?checker=junit&label=e2e",
    );
    const complete = await call("completePhase", { id, phase: "pre-deployment" });
    expect(complete.status).toBe(409);
    expect(complete.text).toContain('"requirement-failed"');
  });

  test("one report settles every item that takes it", async () => {
    const manifests =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: c}]}}}\n";
    const answer = await call("addReport", { id }, { body: manifests }, "?checker=kubernetes&name=all.yaml");
    const { verdicts } = z
      .object({ verdicts: z.array(z.object({ item: z.string(), verdict: z.string() })) })
      .parse(answer.json);
    expect(verdicts.length).toBeGreaterThan(7);
    expect(verdicts.find(({ item }) => item === "k8s-hpa")?.verdict).toBe("fail");
  });

  test("a file comes back as an attachment that cannot run", async () => {
    const html = "<script>alert(1)</script>";
    await call(
      "addEvidence",
      { id, key: "owasp-top-10" },
      { body: html },
      `?name=${encodeURIComponent("r\u00e9port '1'.html")}`,
    );
    const file = (await load(id)).evidence.at(-1)?.content;
    if (file?.kind !== "file") throw new Error("no file was kept");
    expect(file).toMatchObject({ mediaType: "text/plain", bytes: html.length, name: "r\u00e9port '1'.html" });
    const answer = await call("downloadFile", { id: file.fileId });
    expect(answer.text).toBe(html);
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename\*=UTF-8''r%C3%A9port%20%271%27\.html$/,
    );
    expect(answer.headers.get("content-security-policy")).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const stranger = await tokenOf((await makeTeam()).lead, "read");
    expect((await callApi(stranger, "GET", `/files/${file.fileId}`)).status).toBe(404);
  });

  test("what is no such report is refused and leaves nothing", async () => {
    const before = await eventTypes(id);
    const answer = await call(
      "addEvidence",
      { id, key: "dependency-scan" },
      { body: "{}" },
      "?checker=npm-audit",
    );
    expect([answer.status, codeIn(answer)]).toEqual([422, "unreadable-report"]);
    expect(await eventTypes(id)).toEqual(before);
  });
});

describe("writes that are repeated or stale", () => {
  test("a key gives the first answer again, once in force among twenty at once", async () => {
    const body = await opening();
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
    await call("openDeployment", {}, { body: await opening({ predecessorId: id }) });
    const headers = { "if-none-match": before };
    const after = await callApi(token, "GET", `/deployments/${id}`, { headers });
    expect(after.status).toBe(200);
    expect(after.headers.get("etag")?.split("-")[0]).toBe(before.split("-")[0]);
  });

  test("pages are complete and without doubles while records are opened", async () => {
    const body = await opening();
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
});

describe("who calls", () => {
  test("a session reads; it writes with our own Origin alone", async () => {
    const id = await openRecord(team);
    const cookie = await cookieOf(team.engineer);
    const path = `/deployments/${id}/items/cdn/completion`;
    expect((await callApi(null, "GET", `/deployments/${id}`, { headers: { cookie } })).status).toBe(200);
    for (const origin of [undefined, "null", "https://evil.example", `${inject("app").url}.evil.example`]) {
      const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
      expect((await callApi(null, "PUT", path, { headers })).status).toBe(403);
    }
    expect(
      (await callApi(null, "PUT", path, { headers: { cookie, origin: inject("app").url } })).status,
    ).toBe(200);
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
        await Promise.all(
          Array.from({ length: 50 }, async () => callApi(mine, "GET", "/deployments?limit=1")),
        );
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
    expect(codeIn(await call("editComment", { id, comment }, { body: { text: "Again?" } }))).toBe(
      "not-found",
    );
    expect((await eventTypes(id)).slice(-3)).toEqual(["comment.added", "comment.edited", "comment.deleted"]);
  });

  test("problems are problem documents with a stable code", async () => {
    const missing = await callApi(token, "GET", `/deployments/${randomUUID()}`);
    expect(missing.headers.get("content-type")).toBe("application/problem+json");
    expect(missing.json).toMatchObject({
      type: "urn:countersign:problem:not-found",
      status: 404,
      code: "not-found",
    });
    const bad = await callApi(token, "POST", "/deployments", {
      body: { ...(await opening()), commit: "xyz" },
    });
    expect(bad.json).toMatchObject({
      status: 422,
      code: "invalid-input",
      fields: { commit: "A commit is 7 to 40 hex digits" },
    });
    expect((await callApi(null, "GET", "/deployments")).headers.get("www-authenticate")).toContain("Bearer");
  });
});
