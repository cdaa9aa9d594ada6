import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { disablePerson } from "#lib/services/people.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { emailOf, makePerson, makeTeam, PASSWORD, refusalOf, type Team } from "#test/support/factories.ts";
import {
  installationEvents,
  NEW_PASSWORD,
  pendingFor,
  PLACE,
  type Signed,
  signedIn,
  wait,
  withPasskey,
  withTotp,
} from "./identity-cast.ts";

let team: Team;
let admin: Signed;

beforeEach(async () => {
  team = await makeTeam();
  admin = await signedIn(await makePerson("admin", null));
});

test("a recovery code serves once, also at once; new ones make the old worthless", async () => {
  const { actor } = await withTotp(team.sre);
  wait(-1);
  const [first = "", second = ""] = await makeRecoveryCodes(actor);
  expect(first).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  const given = { kind: "recovery-code" as const, code: first.replaceAll("-", "") };
  const pending = await Promise.all([1, 2, 3, 4].map(() => pendingFor(actor)));
  const answers = await Promise.all(pending.map((token) => refusalOf(finishSignIn(token, given, PLACE))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  await makeRecoveryCodes(actor);
  const old = { kind: "recovery-code" as const, code: second.replaceAll("-", "") };
  expect(await refusalOf(finishSignIn(await pendingFor(actor), old, PLACE))).toBe("proof-required");
});

describe("a recovery link", () => {
  test("sets a password once, also at once, ends sessions and drops factors when it says so", async () => {
    const { actor } = await withPasskey(team.sre);
    const token = await makeRecoveryLink(admin, { personId: actor.id, dropsFactors: true });
    expect((await installationEvents())[0]).toBe("person.recovery-link-made");
    const input = { token, password: NEW_PASSWORD };
    const answers = await Promise.all([1, 2, 3, 4].map(() => refusalOf(recoverAccount(input, randomUUID()))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer === "link-over")).toHaveLength(3);
    expect((await installationEvents())[0]).toBe("person.recovered");
    expect(await prisma().session.count({ where: { userId: actor.id, revokedAt: null } })).toBe(0);
    expect((await signIn(await emailOf(actor), NEW_PASSWORD, "here"))?.state).toBe("signed-in");
    expect(await signIn(await emailOf(actor), PASSWORD, "here")).toBeNull();
  });

  test("ends after a day, with a newer one, and with a closed account; only a fresh admin makes one", async () => {
    const make = async () => makeRecoveryLink(admin, { personId: team.sre.id, dropsFactors: false });
    const use = async (token: string) =>
      refusalOf(recoverAccount({ token, password: NEW_PASSWORD }, "there"));
    const first = await make();
    const second = await make();
    expect(await use(first)).toBe("link-over");
    expect(await use("A".repeat(43))).toBe("link-over");
    wait(24 * 60 + 1);
    expect(await use(second)).toBe("link-over");
    expect(await refusalOf(make())).toBe("step-up-required");
    expect(
      await refusalOf(
        makeRecoveryLink(await signedIn(team.lead), { personId: team.sre.id, dropsFactors: true }),
      ),
    ).toBe("forbidden");
  });

  test.each<[string, (other: Signed) => Promise<unknown>]>([
    ["role", ({ id }) => revokeRole(admin, { personId: id, role: "admin", teamId: null })],
    ["account", ({ id }) => disablePerson(admin, { personId: id })],
  ])("ends with the %s of an admin, who may have made it", async (_what, end) => {
    const other = await signedIn(await makePerson("admin", null));
    const token = await makeRecoveryLink(other, { personId: team.sre.id, dropsFactors: true });
    await end(other);
    const answer = recoverAccount({ token, password: NEW_PASSWORD }, randomUUID());
    expect(await refusalOf(answer)).toBe("link-over");
  });
});

test("one's own password asks the old one and ends the other sessions", async () => {
  const actor = await signedIn(team.sre);
  const other = await signedIn(team.sre);
  const wrong = { current: "not this one", password: NEW_PASSWORD };
  expect(await refusalOf(changeOwnPassword(actor, wrong))).toBe("proof-required");
  await changeOwnPassword(actor, { current: PASSWORD, password: NEW_PASSWORD });
  expect((await installationEvents())[0]).toBe("person.password-changed");
  const left = await prisma().session.findMany({ where: { userId: actor.id, revokedAt: null } });
  expect(left.map(({ id }) => id)).toEqual([actor.session.id]);
  expect(other.session.id).not.toBe(actor.session.id);
});

test("neither events nor the security log hold a secret", async () => {
  const { actor } = await withTotp(team.sre);
  wait(-1);
  const codes = await makeRecoveryCodes(actor);
  const token = await makeRecoveryLink(admin, { personId: actor.id, dropsFactors: false });
  const { rows } = await pool().query<{ text: string }>(
    "SELECT body AS text FROM events UNION ALL SELECT to_jsonb(l)::text FROM security_log l",
  );
  const all = rows.map(({ text }) => text).join("\n");
  for (const secret of [...codes, ...codes.map((code) => code.replaceAll("-", "")), token, PASSWORD])
    expect(all).not.toContain(secret);
});
