import { beforeEach, describe, expect, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { seal, unseal } from "#lib/services/sealing.ts";
import { finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { removeTotp } from "#lib/services/totp-factor.ts";
import { emailOf, makeTeam, PASSWORD, refusalOf, type Team } from "#test/support/factories.ts";
import { installationEvents, logged, pendingFor, PLACE, wait, withTotp } from "./identity-cast.ts";

let team: Team;

beforeEach(async () => {
  team = await makeTeam();
});

describe("one-time codes", () => {
  test("serve once, also at once, and one step late", async () => {
    const { actor, code } = await withTotp(team.sre);
    const given = { kind: "totp" as const, code: code() };
    const pending = await Promise.all([1, 2, 3, 4].map(() => pendingFor(actor)));
    const answers = await Promise.all(pending.map((token) => refusalOf(finishSignIn(token, given, PLACE))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    wait(1);
    const late = { kind: "totp" as const, code: code() };
    wait(0.5);
    expect(await refusalOf(finishSignIn(await pendingFor(actor), late, PLACE))).toBeNull();
    wait(1);
    const tooLate = { kind: "totp" as const, code: code() };
    wait(1);
    expect(await refusalOf(finishSignIn(await pendingFor(actor), tooLate, PLACE))).toBe("proof-required");
  });

  test("are limited, whatever first step they come with", async () => {
    const { actor } = await withTotp(team.sre);
    const answers = [];
    for (let count = 0; count < 7; count += 1) {
      const wrong = { kind: "totp" as const, code: String(count).padStart(6, "0") };
      answers.push(await refusalOf(finishSignIn(await pendingFor(actor), wrong, PLACE)));
    }
    expect(answers).toEqual([...Array(5).fill("proof-required"), "rate-limited", "rate-limited"]);
    expect((await logged(actor.id)).filter((kind) => kind === "sign-in.limited")).toHaveLength(1);
  });

  test("stand sealed in the database, and are removed with an event", async () => {
    const { actor } = await withTotp(team.sre);
    const { sealedSecret } = await prisma().totpFactor.findUniqueOrThrow({ where: { userId: actor.id } });
    expect(unseal(sealedSecret, `totp ${actor.id}`)).toMatch(/^[A-Z2-7]{32}$/);
    expect(() => unseal(sealedSecret, `totp ${team.lead.id}`)).toThrow();
    expect(() => unseal(seal("x", "a").replace(/^v1\../, "v1._-"), "a")).toThrow();
    wait(-1);
    await removeTotp(actor);
    expect((await installationEvents())[0]).toBe("person.totp-removed");
    expect((await signIn(await emailOf(actor), PASSWORD, "here"))?.state).toBe("signed-in");
  });
});
