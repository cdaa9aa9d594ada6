import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { itemsOf } from "#lib/domain/checklist.ts";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { openApiDocument } from "#lib/api/openapi.ts";
import { callApi } from "#test/support/api-client.ts";
import {
  codeIn,
  idIn,
  makeCallingTeam,
  openingOf,
  type DocumentedCall,
} from "#test/support/documented-call.ts";
import { load, signAll, type Team } from "#test/support/factories.ts";
import { passingEvidence } from "#test/support/records.ts";

let team: Team;
let token: string;
let call: DocumentedCall;

beforeAll(async () => {
  ({ team, token, call } = await makeCallingTeam());
});

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

test("problems are problem documents with a stable code", async () => {
  const missing = await callApi(token, "GET", `/deployments/${randomUUID()}`);
  expect(missing.headers.get("content-type")).toBe("application/problem+json");
  expect(missing.json).toMatchObject({
    type: "urn:countersign:problem:not-found",
    status: 404,
    code: "not-found",
  });
  const bad = await callApi(token, "POST", "/deployments", {
    body: await openingOf(team, { commit: "xyz" }),
  });
  expect(bad.json).toMatchObject({
    status: 422,
    code: "invalid-input",
    fields: { commit: "A commit is 7 to 40 hex digits" },
  });
  expect((await callApi(null, "GET", "/deployments")).headers.get("www-authenticate")).toContain("Bearer");
});

test("a whole deployment over HTTP, but for the signatures", { timeout: 120_000 }, async () => {
  const opened = await call("openDeployment", {}, { body: await openingOf(team) });
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
    .object({ events: z.array(z.looseObject({ type: z.string(), seq: z.int() })) })
    .parse(events.json).events;
  expect(newest).toMatchObject({
    type: "rollback.triggered",
    actor: { kind: "token", id: team.lead.id, name: expect.stringContaining(team.lead.name) },
  });
  const seq = Number(newest?.seq);
  expect((await call("getDeploymentEvent", { id, seq: String(seq) })).json).toEqual(newest);
  expect((await call("getDeploymentEvent", { id, seq: String(seq + 1) })).status).toBe(404);
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

// Last: while it is read, nobody watches whether the server has closed the connection that it came on.
test("the OpenAPI document is valid, open to everybody, and the one that the code makes", async () => {
  const answer = await callApi(null, "GET", "/openapi.json");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  const { valid, errors } = await new Validator().validate(JSON.parse(answer.text));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});
