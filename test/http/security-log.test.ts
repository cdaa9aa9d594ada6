import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { callAction, cookieOf } from "#test/support/action-client.ts";
import { makePerson, makeTeam, openRecord } from "#test/support/factories.ts";

test("whoever asks for what their roles do not allow stands in the security log, from where and why", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const person = await makePerson("auditor", team.id);
  const cookie = await cookieOf(person);
  const headers = { "x-forwarded-for": "6.6.6.6, 198.51.100.7" };
  const role = { personId: person.id, role: "admin", teamId: null };
  expect((await callAction("grantRoleAction", role, cookie, headers)).code).toBe("forbidden");
  const { url } = inject("app");
  const answer = await fetch(`${url}/api/v1/deployments/${id}/cancellation`, {
    method: "POST",
    headers: { ...headers, cookie, origin: url, "content-type": "application/json" },
    body: JSON.stringify({ reason: "I should not be able to" }),
  });
  expect(answer.status).toBe(403);
  const lines = await prisma().securityLogEntry.findMany({
    where: { userId: person.id, kind: "access.refused" },
    orderBy: { id: "asc" },
  });
  expect(lines.map(({ address, detail }) => [address, detail])).toEqual([
    ["198.51.100.7", "Only an admin manages people, roles and teams"],
    ["198.51.100.7", "Your roles on this team do not allow this"],
  ]);
});

test("what is not there, or not well-formed, is no refusal of a role", async () => {
  const person = await makePerson("engineer", (await makeTeam()).id);
  const cookie = await cookieOf(person);
  const { url } = inject("app");
  const nowhere = await fetch(`${url}/api/v1/deployments/${randomUUID()}`, { headers: { cookie } });
  expect(nowhere.status).toBe(404);
  expect(
    await prisma().securityLogEntry.count({ where: { userId: person.id, kind: "access.refused" } }),
  ).toBe(0);
});
