import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { pool } from "#lib/db/pool.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import {
  emailOf,
  eventTypes,
  load,
  makePerson,
  makeTeam,
  openRecord,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

const ADMIN = { ...SYSTEM, grants: [{ role: "admin" as const, teamId: null }] };

let team: Team;
let token: string;

beforeAll(async () => {
  team = await makeTeam();
  token = await tokenOf(team.lead, "read", "write");
});

const cursor = (...parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
const AT = "2026-01-01T00:00:00.000Z";
const ID = "11111111-1111-4111-8111-111111111111";

describe("a cursor that no page gave is refused, and named", () => {
  test.each([
    ["/deployments", cursor(AT, "not-a-uuid")],
    ["/deployments", cursor("0000-01-01T00:00:00.000Z", ID)],
    ["/deployments", cursor(AT, `${ID}:1`)],
    ["/deployments", cursor(AT)],
    ["/deployments", "cut-off"],
    ["/events", cursor(AT, `${ID}:x`)],
    ["/events", cursor(AT, `${ID}:99999999999`)],
    ["/events", cursor(AT, "")],
    ["/events", cursor(AT, ID)],
  ])("%s?cursor=%s", async (path, text) => {
    const answer = await callApi(token, "GET", `${path}?cursor=${text}`);
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: "invalid-input", fields: { cursor: expect.any(String) } });
  });
});

describe("idempotency keys", () => {
  const note = (text: string) => ({ kind: "note", text });
  const path = (id: string) => `/deployments/${id}/items/cdn/evidence`;
  const record = async (version: string) => ({
    team: team.name,
    service: "repeats",
    version,
    commit: "3f9c2ab",
    environment: "production",
    deploymentAt: "2030-01-01T00:00:00Z",
    deployedBy: await emailOf(team.engineer),
  });

  test("a key whose answer has been forgotten loses no other request, and doubles none of the same", async () => {
    const id = await openRecord(team);
    const key = `nightly-${id}`;
    const first = await callApi(token, "POST", path(id), { body: note("first"), key });
    await pool().query("DELETE FROM idempotent_requests WHERE key = $1", [key]);
    const second = await callApi(token, "POST", path(id), { body: note("second"), key });
    expect([first.status, second.status]).toEqual([201, 201]);
    await pool().query("DELETE FROM idempotent_requests WHERE key = $1", [key]);
    await callApi(token, "POST", path(id), { body: note("second"), key });
    const texts = (await load(id)).evidence.map(({ content }) => content.kind === "note" && content.text);
    expect(texts).toEqual(["first", "second"]);
  });

  test("a repeat gets the same answer, its headers included", async () => {
    const body = await record("1.0.0");
    const request = { body, key: `open-${team.id}` };
    const first = await callApi(token, "POST", "/deployments", request);
    const again = await callApi(token, "POST", "/deployments", request);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.text).toBe(first.text);
    for (const name of ["location", "etag", "cache-control", "content-type"]) {
      expect(again.headers.get(name), name).toBe(first.headers.get(name));
    }
  });

  test("a kept answer goes to nobody who may no longer see the record", async () => {
    const lead = await makePerson("team-lead", team.id);
    const theirs = await tokenOf(lead, "read", "write");
    const body = await record("2.0.0");
    const opening = { body, key: `open-${lead.id}` };
    const opened = await callApi(theirs, "POST", "/deployments", opening);
    const id = z.object({ id: z.uuid() }).parse(opened.json).id;
    const adding = { body: note("a secret of the team"), key: `note-${lead.id}` };
    const added = await callApi(theirs, "POST", path(id), adding);
    expect([opened.status, added.status]).toEqual([201, 201]);
    await revokeRole(ADMIN, { personId: lead.id, role: "team-lead", teamId: team.id });
    for (const answer of [
      await callApi(theirs, "POST", "/deployments", opening),
      await callApi(theirs, "POST", path(id), adding),
    ])
      expect(answer.json).toMatchObject({ status: 404, code: "not-found" });
  });

  test("an answer is kept under its record, that of an opening under the record it opened", async () => {
    const body = await record("3.0.0");
    const opened = await callApi(token, "POST", "/deployments", { body, key: `third-${team.id}` });
    const id = z.object({ id: z.uuid() }).parse(opened.json).id;
    await callApi(token, "POST", path(id), { body: note("kept"), key: `kept-${team.id}` });
    const { rows } = await pool().query<{ key: string }>(
      "SELECT key FROM idempotent_requests WHERE record_id = $1 ORDER BY key",
      [id],
    );
    expect(rows.map(({ key }) => key)).toEqual([`kept-${team.id}`, `third-${team.id}`]);
  });

  test("a look takes no key", async () => {
    const key = `look-${team.id}`;
    await callApi(token, "HEAD", "/deployments", { key });
    const { rowCount } = await pool().query("SELECT FROM idempotent_requests WHERE key = $1", [key]);
    expect(rowCount).toBe(0);
  });
});

test("whoever may only add evidence does not begin T-0 by it", async () => {
  const id = await openRecord(team);
  await toSignOff(team, id);
  await signAll(team, id);
  const types = await eventTypes(id);
  const evidence = await tokenOf(team.engineer, "evidence");
  const answer = await callApi(evidence, "POST", `/deployments/${id}/items/run-migrations/evidence`, {
    body: { kind: "note", text: "hello" },
  });
  expect(answer.json).toMatchObject({ status: 403, code: "forbidden" });
  expect(await eventTypes(id)).toEqual(types);
});

test("a refusal names a field as the body has it", async () => {
  const id = await openRecord(team);
  const answer = await callApi(token, "POST", `/deployments/${id}/items/secrets-rotated/evidence`, {
    body: { kind: "rotation", rotatedOn: { unheard: "2026-01-01" } },
  });
  expect(answer.json).toMatchObject({ status: 422, fields: { "rotatedOn.unheard": expect.any(String) } });
});
