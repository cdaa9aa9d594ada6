import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { may } from "#lib/domain/policy.ts";
import { ROLES, type Role } from "#lib/domain/roles.ts";
import { SCOPES_FOR, TOKEN_SCOPES, type TokenScope } from "#lib/domain/token-scopes.ts";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { addFile } from "#lib/services/evidence.ts";
import { hashToken } from "#lib/services/sessions.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { endpointSamples } from "#test/support/endpoint-samples.ts";
import {
  emailOf,
  eventTypes,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  type Team,
} from "#test/support/factories.ts";

let own: Team;
let other: Team;
let ownRecord: string;
let otherRecord: string;
const files = new Map<string, string>();

beforeAll(async () => {
  [own, other] = [await makeTeam(), await makeTeam()];
  [ownRecord, otherRecord] = [await openRecord(own), await openRecord(other)];
  for (const [team, id] of [
    [own, ownRecord],
    [other, otherRecord],
  ] as const) {
    const input = { deploymentId: id, item: "cdn", name: "a.txt", bytes: new Uint8Array([65]) };
    await addFile(team.engineer, input);
    const file = await prisma().file.findFirstOrThrow({ where: { deploymentId: id }, select: { id: true } });
    files.set(id, file.id);
  }
});

const SCOPE_SETS: readonly (readonly TokenScope[])[] = [
  ...TOKEN_SCOPES.map((scope) => [scope]),
  TOKEN_SCOPES,
];
/** Endpoints that are about no record in particular. */
const GENERAL = ["listDeployments", "openDeployment", "searchEvents", "exportEvents"];

test("every endpoint has a sample", () => {
  expect(Object.keys(endpointSamples(randomUUID(), randomUUID())).toSorted()).toEqual(
    ENDPOINTS.map(({ id }) => id).toSorted(),
  );
});

test.each(ROLES)(
  "as %s of one team: every endpoint, every set of scopes, both teams' records",
  { timeout: 180_000 },
  async (role) => {
    const person = await makePerson(role, own.id);
    for (const scopes of SCOPE_SETS) {
      const token = await tokenOf(person, ...scopes);
      for (const [id, teamId] of [
        [ownRecord, own.id],
        [otherRecord, other.id],
      ] as const) {
        for (const endpoint of ENDPOINTS) {
          const {
            path,
            query = "",
            ...request
          } = endpointSamples(id, files.get(id) ?? "")[endpoint.id] ?? { path: "" };
          const before = await eventTypes(id);
          const answer = await callApi(token, endpoint.method, path + query, request);
          const where = `${endpoint.id} as ${role} with ${scopes.join("+")} on ${teamId === own.id ? "its own" : "another"} team's record: ${answer.text.slice(0, 200)}`;
          const expected = expectedStatus(role, scopes, endpoint.id, endpoint.action, teamId);
          if (expected === null) expect([200, 201, 409, 422], where).toContain(answer.status);
          else expect(answer.status, where).toBe(expected);
          if (answer.status >= 400) expect(await eventTypes(id), where).toEqual(before);
        }
      }
    }
  },
);

/** What the policy says: 404 unseen, 403 not allowed, null when the record's own rules decide. */
function expectedStatus(
  role: Role,
  scopes: readonly TokenScope[],
  id: string,
  action: (typeof ENDPOINTS)[number]["action"],
  teamId: string,
): number | null {
  const token = { id: "t", name: "t", scopes };
  const actor: Actor = { kind: "token", id: "p", name: "p", token, grants: [{ role, teamId: own.id }] };
  if (GENERAL.includes(id)) return id === "listDeployments" || may(actor, action, own.id) ? null : 403;
  if (!may(actor, "deployment.view", teamId)) return 404;
  return may(actor, action, teamId) ? null : 403;
}

test("signatures, answers, overrulings and reopening have no scope at all", () => {
  for (const action of [
    "approval.sign",
    "rejection.answer",
    "verdict.overrule",
    "phase.reopen",
    "people.manage",
  ] as const) {
    expect(SCOPES_FOR[action]).toEqual([]);
  }
});

test.each(["none", "unknown", "expired", "revoked", "closed account", "a session's token", "malformed"])(
  "every endpoint refuses a caller whose token is: %s",
  async (fault) => {
    const person = await makePerson("team-lead", own.id);
    const token = await faultyToken(fault, person);
    for (const endpoint of ENDPOINTS) {
      const {
        path,
        query = "",
        ...request
      } = endpointSamples(ownRecord, files.get(ownRecord) ?? "")[endpoint.id] ?? { path: "" };
      const before = await eventTypes(ownRecord);
      const answer = await callApi(token, endpoint.method, path + query, request);
      expect(answer.status, endpoint.id).toBe(401);
      expect(answer.json).toMatchObject({ code: "signed-out" });
      expect(await eventTypes(ownRecord)).toEqual(before);
    }
  },
);

async function faultyToken(fault: string, person: { id: string }): Promise<string | null> {
  const token = await tokenOf(person, "read", "write");
  switch (fault) {
    case "none":
      return null;
    case "unknown":
      return token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    case "expired":
      return expiredToken(person.id);
    case "revoked":
      await pool().query("UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1", [person.id]);
      return token;
    case "closed account":
      await prisma().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
      return token;
    case "a session's token":
      return (await signIn(await emailOf(own.lead), PASSWORD, "matrix"))?.token ?? "";
    default:
      return "not a token";
  }
}

// The app's role may not move an expiry, so this one has ended from the start.
async function expiredToken(userId: string): Promise<string> {
  const secret = `csgn_${randomUUID().replaceAll("-", "")}`;
  const [createdAt, expiresAt] = [new Date(Date.now() - 7_200_000), new Date(Date.now() - 3_600_000)];
  const data = {
    id: randomUUID(),
    userId,
    name: "ended",
    tokenHash: hashToken(secret),
    scopes: ["read", "write"],
    createdAt,
    expiresAt,
  };
  await prisma().apiToken.create({ data });
  return secret;
}
