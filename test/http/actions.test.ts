import { beforeAll, describe, expect, inject, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { actionIds, callAction, cookieOf, RawBody } from "#test/support/action-client.ts";
import {
  allActionRows,
  makeActionWorld,
  type ActionWorld,
  type PersonName,
} from "#test/support/action-rows.ts";

const ROWS = await allActionRows();

let world: ActionWorld;
const cookies = new Map<PersonName, string>();

beforeAll(async () => {
  world = await makeActionWorld();
  for (const name of ["lead", "engineer", "auditor", "sre", "engineeringLead", "admin"] as const)
    cookies.set(name, await cookieOf(world.people[name]));
});

test("every server action of the build has a row", () => {
  expect([...actionIds().keys()].toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

describe.each(Object.entries(ROWS))("%s", (name, { refusals }) => {
  test.each(refusals)("%s", async (_title, by, input, code) => {
    const before = await everything();
    const answer = await callAction(name, await input(world), cookies.get(by) ?? "");
    expect(answer.body).toContain(`"code":"${code}"`);
    expect(await everything()).toEqual(before);
  });
});

test("what is no list of plain values never reaches Next's decoder", async () => {
  const before = await everything();
  const bodies = [
    "",
    "{",
    "[",
    "{}",
    '["$F1"]',
    '["$Q1"]',
    '["$K1"]',
    '["$@1"]',
    '["$1:constructor"]',
    '["$B1"]',
  ];
  for (const body of [
    ...bodies,
    "\u0000\u0001",
    "[".repeat(10_000),
    `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  ]) {
    const answer = await callAction("cancelDeploymentAction", new RawBody(body), cookies.get("lead") ?? "");
    expect(answer.status, body.slice(0, 20)).toBe(400);
  }
  for (const id of ["none", "0".repeat(39), "constructor", "../../x"]) {
    const headers = { "next-action": id };
    const answer = await callAction("cancelDeploymentAction", {}, cookies.get("lead") ?? "", headers);
    expect(answer.status, id).toBe(404);
  }
  expect(await everything()).toEqual(before);
  expect((await fetch(`${inject("app").url}/api/health/ready`)).status).toBe(200);
});

/** Whatever an action could have changed. */
async function everything(): Promise<unknown> {
  const { rows } = await pool().query(`
    SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM deployments) AS deployments,
           (SELECT sum(revision) FROM deployments) AS revisions, (SELECT count(*) FROM users) AS users,
           (SELECT count(*) FROM role_grants) AS roles, (SELECT count(*) FROM teams) AS teams,
           (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS sessions, (SELECT count(*) FROM approvals) AS approvals`);
  return rows;
}
