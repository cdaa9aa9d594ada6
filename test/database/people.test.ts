import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { findToken } from "#lib/auth/find-token.ts";
import { prisma } from "#lib/db/prisma.ts";
import { createPerson, disablePerson, enablePerson, refuseWithoutAdmin } from "#lib/services/people.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { createToken } from "#lib/services/tokens.ts";
import { inSession, makePerson, makeTeam, refusalOf, type Team } from "#test/support/factories.ts";
import { installationEvents, NEW_PASSWORD, signedIn } from "./identity-cast.ts";

let team: Team;

beforeEach(async () => {
  team = await makeTeam();
});

describe("two admins who act on each other at once", () => {
  test("closing each other's account leaves one of them", async () => {
    const [one, other] = [await makePerson("admin", null), await makePerson("admin", null)];
    const answers = await Promise.all([
      refusalOf(disablePerson(one, { personId: other.id })),
      refusalOf(disablePerson(other, { personId: one.id })),
    ]);
    expect(new Set(answers)).toEqual(new Set(["forbidden", null]));
    const open = await prisma().user.count({ where: { id: { in: [one.id, other.id] }, disabledAt: null } });
    expect(open).toBe(1);
  });

  test("taking each other's role leaves one of them", async () => {
    const [one, other] = [await makePerson("admin", null), await makePerson("admin", null)];
    const take = (from: string) => ({ personId: from, role: "admin" as const, teamId: null });
    const answers = await Promise.all([
      refusalOf(revokeRole(one, take(other.id))),
      refusalOf(revokeRole(other, take(one.id))),
    ]);
    expect(new Set(answers)).toEqual(new Set(["forbidden", null]));
  });
});

test("whoever was an admin when they asked is none once the account is closed or the role taken", async () => {
  const admin = await makePerson("admin", null);
  const role = { personId: team.engineer.id, role: "admin" as const, teamId: null };
  const closed = await inSession(await makePerson("admin", null));
  await disablePerson(admin, { personId: closed.id });
  expect(await refusalOf(grantRole(closed, role))).toBe("forbidden");
  const former = await inSession(await makePerson("admin", null));
  await revokeRole(admin, { personId: former.id, role: "admin", teamId: null });
  expect(await refusalOf(grantRole(former, role))).toBe("forbidden");
  expect(await prisma().roleGrant.count({ where: { userId: team.engineer.id, role: "admin" } })).toBe(0);
});

describe("a person who is added with a role", () => {
  const newcomer = (teamId: string | null = team.id) => ({
    name: "Nia",
    email: `${randomUUID()}@test.example`,
    password: NEW_PASSWORD,
    grant: { role: "engineer" as const, teamId },
  });
  const countOf = async (email: string) => prisma().user.count({ where: { email } });

  test("holds it, and both stand in the history", async () => {
    const personId = await createPerson(await inSession(await makePerson("admin", null)), newcomer());
    const grants = await prisma().roleGrant.findMany({ where: { userId: personId } });
    expect(grants).toMatchObject([{ role: "engineer", teamId: team.id }]);
    expect((await installationEvents()).slice(0, 2)).toEqual(["role.granted", "person.created"]);
  });

  test("is nobody when the team is not there", async () => {
    const admin = await inSession(await makePerson("admin", null));
    const person = newcomer(randomUUID());
    expect(await refusalOf(createPerson(admin, person))).toBe("not-found");
    expect(await countOf(person.email)).toBe(0);
  });

  test("is added by nobody but an admin of all teams", async () => {
    for (const other of [team.lead, await makePerson("admin", team.id)]) {
      const person = newcomer();
      expect(await refusalOf(createPerson(await inSession(other), person))).toBe("forbidden");
      expect(await countOf(person.email)).toBe(0);
    }
  });

  test("is added once, with one role, by two admins at once", async () => {
    const admins = [await makePerson("admin", null), await makePerson("admin", null)];
    const person = newcomer();
    const answers = await Promise.all(
      admins.map(async (admin) => refusalOf(createPerson(await inSession(admin), person))),
    );
    expect(new Set(answers)).toEqual(new Set(["invalid-input", null]));
    expect(await prisma().roleGrant.count({ where: { user: { email: person.email } } })).toBe(1);
  });
});

test("nobody closes the account of the last admin", async () => {
  const nobody = prisma().$transaction(async (tx) => {
    await tx.user.updateMany({ data: { disabledAt: new Date() } });
    await refuseWithoutAdmin(tx);
  });
  expect(await refusalOf(nobody)).toBe("forbidden");
});

test("opening a closed account again revives neither its tokens nor its recovery links", async () => {
  const admin = await signedIn(await makePerson("admin", null));
  const { id } = team.engineer;
  const token = await createToken(await inSession(team.engineer), { name: "CI", scopes: ["read"], days: 30 });
  const link = await makeRecoveryLink(admin, { personId: id, dropsFactors: false });
  await disablePerson(admin, { personId: id });
  expect(await installationEvents()).toEqual(expect.arrayContaining(["token.revoked", "person.disabled"]));
  await enablePerson(admin, { personId: id });
  expect(await findToken(token, "192.0.2.7")).toBeNull();
  expect(await refusalOf(recoverAccount({ token: link, password: NEW_PASSWORD }, "here"))).toBe("link-over");
});
