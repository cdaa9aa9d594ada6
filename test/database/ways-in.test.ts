import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { findToken } from "#lib/auth/find-token.ts";
import { now } from "#lib/clock.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { createDelegation } from "#lib/services/delegations.ts";
import { prisma } from "#lib/db/prisma.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { listTokens } from "#lib/queries/list-tokens.ts";
import { makeCalendarAddress } from "#lib/services/calendar-address.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { liftLegalHold, setLegalHold } from "#lib/services/legal-holds.ts";
import { createPerson, disablePerson, enablePerson, setPassword } from "#lib/services/people.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { removeDeploymentContent, setRetention } from "#lib/services/retention.ts";
import { grantRole } from "#lib/services/roles.ts";
import { endOtherSessions } from "#lib/services/sessions.ts";
import { stepUp } from "#lib/services/step-up.ts";
import { changeTeamDuties, changeTeamSecondFactor } from "#lib/services/teams.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { createToken, createTokenFor, revokeToken } from "#lib/services/tokens.ts";
import { addWebhook, changeWebhook, removeWebhook, renewWebhookSecret } from "#lib/services/webhooks.ts";
import {
  inSession,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  type Team,
} from "#test/support/factories.ts";
import { installationEvents, NEW_PASSWORD, type Signed, wait } from "./identity-cast.ts";

const TOKEN = { name: "CI", scopes: ["read" as const], days: 30 };

let team: Team;
let admin: Signed;

beforeEach(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
});

const newcomer = () => ({ name: "Nia", email: `${randomUUID()}@test.example`, password: NEW_PASSWORD });

describe("what lets somebody in asks for a fresh proof", () => {
  const personId = () => team.engineer.id;
  const VERBS: Readonly<Record<string, (actor: Signed) => Promise<unknown>>> = {
    "a new person": async (actor) => createPerson(actor, newcomer()),
    "somebody's password": async (actor) =>
      setPassword(actor, { personId: personId(), password: NEW_PASSWORD }),
    "a role": async (actor) => grantRole(actor, { personId: personId(), role: "product", teamId: team.id }),
    "a stand-in": async () => {
      const actor = await inSession(team.product);
      wait(6);
      const [startsAt, endsAt] = [now(), laterBy(now(), DAY)];
      const span = { startsAt, endsAt, role: "product" as const };
      await createDelegation(actor, { ...span, teamId: team.id, toId: team.engineer2.id });
    },
    "an API token": async () => {
      const actor = await inSession(team.engineer);
      wait(6);
      await createToken(actor, TOKEN);
    },
  };

  test.each(Object.keys(VERBS))("%s", async (what) => {
    const before = await prisma().event.count();
    wait(6);
    expect(await refusalOf(VERBS[what]?.(admin) ?? Promise.resolve())).toBe("step-up-required");
    expect(await prisma().event.count()).toBe(before);
  });

  test("and does it after one", async () => {
    wait(6);
    await stepUp(admin, { proof: { kind: "password", password: PASSWORD } });
    const session = { ...admin.session, provenAt: (await renewed()).toISOString() };
    expect(await createPerson({ ...admin, session }, newcomer())).toMatch(/^[0-9a-f-]{36}$/);
  });

  const renewed = async () =>
    (await prisma().session.findUniqueOrThrow({ where: { id: admin.session.id } })).provenAt;

  test("nobody but a person in a session, and the shell on the server", async () => {
    expect(await refusalOf(createToken(team.engineer, TOKEN))).toBe("forbidden");
    expect(await refusalOf(createPerson(await makePerson("admin", null), newcomer()))).toBe("forbidden");
  });
});

test("fifty API tokens of a person stand, and one that is revoked or over makes room", async () => {
  const owner = await inSession(team.engineer2);
  for (let count = 0; count < 49; count += 1) await createTokenFor(SYSTEM, owner.id, TOKEN);
  await createToken(owner, { ...TOKEN, days: 1 });
  await expect(createToken(owner, TOKEN)).rejects.toThrow(
    "Nobody has more than 50 API tokens that stand; revoke one first",
  );
  expect(await refusalOf(createTokenFor(SYSTEM, owner.id, TOKEN))).toBe("conflict");
  const [oldest] = await prisma().apiToken.findMany({
    where: { userId: owner.id },
    orderBy: { createdAt: "asc" },
    take: 1,
  });
  await revokeToken(owner, { tokenId: oldest?.id ?? "" });
  await createToken(owner, TOKEN);
  expect(await refusalOf(createToken(owner, TOKEN))).toBe("conflict");
  await prisma().apiToken.updateMany({ where: { userId: owner.id }, data: { revokedAt: new Date() } });
});

describe("what loosens a rule, sends news elsewhere or destroys asks for one too; its opposite for none", () => {
  const duties = (relaxed: boolean) => ({
    teamId: team.id,
    openerMaySign: relaxed,
    deployerMaySign: false,
    mayHoldSeveralRoles: false,
  });
  const url = "https://hooks.example.com/1";
  const news = ["rollback" as const];
  const personId = () => team.engineer2.id;
  const hook = async () => prisma().teamWebhook.findFirstOrThrow({ where: { teamId: team.id } });

  /** What is done before with a fresh proof, what asks for one, and what does not. */
  type Pair = {
    readonly before?: () => Promise<unknown>;
    readonly asks: () => Promise<unknown>;
    readonly free?: () => Promise<unknown>;
  };
  const add = async () => addWebhook(admin, { teamId: team.id, kind: "signed", name: "a", url, news });
  const PAIRS: Readonly<Record<string, Pair>> = {
    "separation of duties": {
      asks: async () => changeTeamDuties(admin, duties(true)),
      free: async () => changeTeamDuties(admin, duties(false)),
    },
    "the second factor of a team": {
      before: async () => changeTeamSecondFactor(admin, { teamId: team.id, required: true }),
      asks: async () => changeTeamSecondFactor(admin, { teamId: team.id, required: false }),
      free: async () => changeTeamSecondFactor(admin, { teamId: team.id, required: true }),
    },
    "a closed account": {
      before: async () => disablePerson(admin, { personId: personId() }),
      asks: async () => enablePerson(admin, { personId: personId() }),
    },
    "a webhook": { asks: add },
    "the address of a webhook": {
      before: add,
      asks: async () => changeWebhook(admin, { webhookId: (await hook()).id, name: "b", news, url }),
      free: async () => changeWebhook(admin, { webhookId: (await hook()).id, name: "b", news }),
    },
    "the key of a webhook": {
      before: add,
      asks: async () => renewWebhookSecret(admin, { webhookId: (await hook()).id }),
      free: async () => removeWebhook(admin, { webhookId: (await hook()).id }),
    },
    "a shorter span of retention": {
      before: async () => setRetention(admin, { days: 400 }),
      asks: async () => setRetention(admin, { days: 399 }),
      free: async () => setRetention(admin, { days: null }),
    },
    "a removal": { asks: async () => removeDeploymentContent(admin, { deploymentId: INSTALLATION_ID }) },
    "a legal hold": {
      asks: async () => {
        const ref = { deploymentId: await openRecord(team), reason: "A claim" };
        await setLegalHold(admin, ref);
        await liftLegalHold(admin, ref);
      },
    },
  };

  test.each(Object.keys(PAIRS))("%s", async (what) => {
    const { before, asks, free } = PAIRS[what] ?? { asks: async () => undefined };
    await before?.();
    wait(6);
    expect(await refusalOf(asks())).toBe("step-up-required");
    expect(await refusalOf(free?.() ?? Promise.resolve())).toBeNull();
  });
});

describe("a new password ends the person's API tokens, calendar address and recovery links", () => {
  const link = async () => makeRecoveryLink(admin, { personId: team.engineer.id, dropsFactors: false });
  const ENDINGS: Readonly<Record<string, (owner: Signed) => Promise<unknown>>> = {
    "their own change": async (owner) =>
      changeOwnPassword(owner, { current: PASSWORD, password: NEW_PASSWORD }),
    "set by an admin": async () => setPassword(admin, { personId: team.engineer.id, password: NEW_PASSWORD }),
    "recovered with a link": async () =>
      recoverAccount({ token: await link(), password: NEW_PASSWORD }, randomUUID()),
  };

  test.each(Object.keys(ENDINGS))("%s", async (how) => {
    const owner = await inSession(team.engineer);
    const tokens = [await createToken(owner, TOKEN), await createToken(owner, { ...TOKEN, name: "second" })];
    const others = await createToken(await inSession(team.engineer2), TOKEN);
    const old = await link();
    await makeCalendarAddress(owner);
    await ENDINGS[how]?.(owner);
    for (const token of tokens) expect(await findToken(token, "192.0.2.7")).toBeNull();
    expect(await findToken(others, "192.0.2.7")).not.toBeNull();
    expect(await refusalOf(recoverAccount({ token: old, password: PASSWORD }, randomUUID()))).toBe(
      "link-over",
    );
    expect(await installationEvents()).toEqual([
      "person.calendar-address-revoked",
      "token.revoked",
      "token.revoked",
    ]);
    expect(await prisma().calendarAddress.count({ where: { userId: owner.id } })).toBe(0);
    const shown = await listTokens(team.engineer);
    expect(shown.map(({ state }) => state)).toEqual(["revoked", "revoked"]);
  });
});

test("what a session asked for before it was ended, and that waits, is refused", async () => {
  const stolen = await inSession(team.engineer);
  await endOtherSessions(await inSession(team.engineer));
  expect(await refusalOf(createToken(stolen, TOKEN))).toBe("forbidden");
});
