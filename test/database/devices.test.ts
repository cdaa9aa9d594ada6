import { expect, test } from "vitest";
import { DAY } from "#lib/domain/time.ts";
import { countAttempt, LIMITS } from "#lib/services/attempt-limits.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { endOtherSessions } from "#lib/services/sessions.ts";
import { finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { moveClock } from "#test/support/database.ts";
import { emailOf, makePerson, makeTeam, PASSWORD, refusalOf } from "#test/support/factories.ts";
import { someAddress } from "#test/support/some-address.ts";
import { NEW_PASSWORD, PLACE, pendingFor, signedIn, withTotp } from "./identity-cast.ts";

const engineer = async () => makePerson("engineer", (await makeTeam()).id);

/** Signs in, or guesses, from an address where nobody did before. */
async function attempt(email: string, password: string, devices: string | null) {
  const begun = await signIn(email, password, someAddress(), null, devices);
  return begun?.state === "signed-in" ? begun.devices : null;
}

async function exhaust(email: string, devices: string | null = null): Promise<void> {
  for (let guess = 0; guess < LIMITS.account.points; guess += 1)
    expect(await attempt(email, `guess ${guess}`, devices)).toBeNull();
  expect(await refusalOf(attempt(email, PASSWORD, devices))).toBe("rate-limited");
}

test("strangers' guesses keep nobody out of a browser where they signed in before", async () => {
  const [email, another] = [await emailOf(await engineer()), await emailOf(await engineer())];
  const devices = await attempt(email, PASSWORD, null);
  await exhaust(email);
  for (const none of [
    null,
    await attempt(another, PASSWORD, null),
    devices?.replace(/.$/, "x") ?? "",
    "~..~",
  ])
    expect(await refusalOf(attempt(email, PASSWORD, none))).toBe("rate-limited");
  const next = await attempt(email, PASSWORD, devices);
  expect(next).not.toBeNull();
  expect(next).not.toBe(devices);
  expect(await refusalOf(attempt(email, PASSWORD, null))).toBe("rate-limited");
});

test("a stolen device has guesses of its own, and takes none from others", async () => {
  const email = await emailOf(await engineer());
  const [own, stolen] = [await attempt(email, PASSWORD, null), await attempt(email, PASSWORD, null)];
  await exhaust(email, stolen);
  expect(await attempt(email, PASSWORD, own)).not.toBeNull();
  expect(await attempt(email, PASSWORD, null)).not.toBeNull();
});

test("neither do a whole network's guesses", async () => {
  const [email, address] = [await emailOf(await engineer()), someAddress()];
  const devices = await attempt(email, PASSWORD, null);
  const guess = async (index: number) => signIn(`${index}@nobody.example`, "a guess", address);
  for (let index = 0; index < LIMITS.address.points; index += 1) await guess(index);
  expect(await refusalOf(guess(0))).toBe("rate-limited");
  expect((await signIn(email, PASSWORD, address, null, devices))?.state).toBe("signed-in");
});

test("nor, of a second factor, those of somebody who has the password", async () => {
  const { actor, code } = await withTotp(await engineer());
  const finish = async (given: string, devices: string | null) =>
    finishSignIn(await pendingFor(actor), { kind: "totp", code: given }, PLACE, devices);
  const { devices } = await finish(code(), null);
  for (let guess = 0; guess < LIMITS["second-factor"].points; guess += 1)
    expect(await refusalOf(finish("000000", null))).toBe("proof-required");
  expect(await refusalOf(finish("000000", null))).toBe("rate-limited");
  expect(await refusalOf(finish("000000", devices))).toBe("proof-required");
});

test("of an address those attempts are counted that failed: an office signs in behind one", async () => {
  const [email, address] = [await emailOf(await engineer()), someAddress()];
  for (let index = 1; index < LIMITS.address.points; index += 1) await countAttempt("address", address);
  for (let index = 0; index < 3; index += 1)
    expect((await signIn(email, PASSWORD, address))?.state).toBe("signed-in");
  expect(await signIn(email, "a guess", address)).toBeNull();
  expect(await refusalOf(signIn(email, PASSWORD, address))).toBe("rate-limited");
});

test("a browser knows several accounts, and one again after half a year no more", async () => {
  const emails = await Promise.all(Array.from({ length: 3 }, async () => emailOf(await engineer())));
  let devices: string | null = null;
  for (const email of [...emails, ...emails]) devices = await attempt(email, PASSWORD, devices);
  expect(devices?.split("~")).toHaveLength(3);
  const [email = ""] = emails;
  await exhaust(email);
  expect(await attempt(email, PASSWORD, devices)).not.toBeNull();
  try {
    moveClock(181 * DAY);
    expect(await refusalOf(attempt(email, PASSWORD, devices))).toBe("rate-limited");
  } finally {
    moveClock(0);
  }
});

test.each([
  [
    "a new password",
    async (person: Awaited<ReturnType<typeof engineer>>) =>
      changeOwnPassword(await signedIn(person), { current: PASSWORD, password: NEW_PASSWORD }),
  ],
  [
    "the end of other sessions",
    async (person: Awaited<ReturnType<typeof engineer>>) => {
      const actor = await signedIn(person);
      await signedIn(person);
      await endOtherSessions(actor);
    },
  ],
])("%s ends what browsers know", async (_which, end) => {
  const person = await engineer();
  const email = await emailOf(person);
  const devices = await attempt(email, PASSWORD, null);
  await end(person);
  await exhaust(email);
  expect(await refusalOf(attempt(email, PASSWORD, devices))).toBe("rate-limited");
});
