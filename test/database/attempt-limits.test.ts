import { randomInt, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { countAttempt, forgetOldLimits, LIMITS } from "#lib/services/attempt-limits.ts";
import { finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { stepUp } from "#lib/services/step-up.ts";
import { emailOf, makeTeam, PASSWORD, refusalOf } from "#test/support/factories.ts";
import { someAddress } from "#test/support/some-address.ts";
import { logged, pendingFor, PLACE, signedIn, wait, withTotp } from "./identity-cast.ts";

const group = () => randomInt(0x1000, 0x10000).toString(16);
const counters = async (key: string) =>
  (await pool().query<{ key: string }>("SELECT key FROM rate_limits WHERE key LIKE $1 ORDER BY key", [key]))
    .rows;

async function exhaust(limited: "address" | "bad-token" | "set-up", from: (index: number) => string) {
  for (let index = 0; index < LIMITS[limited].points; index += 1) await countAttempt(limited, from(index));
}

test.each(["address", "bad-token", "set-up"] as const)(
  "of %s one IPv6 network is one caller",
  async (limited) => {
    const network = `2001:db8:${group()}:${group()}`;
    await exhaust(limited, (index) => `${network}:${index.toString(16)}::${index.toString(16)}`);
    expect(await refusalOf(countAttempt(limited, `${network}::1`))).toBe("rate-limited");
    expect(await refusalOf(countAttempt(limited, `${network}:ffff:ffff:ffff:ffff`))).toBe("rate-limited");
    expect(await refusalOf(countAttempt(limited, `2001:db9:${group()}:${group()}::1`))).toBeNull();
    expect(await counters(`${limited}:${network}:%`)).toHaveLength(1);
  },
);

test("neighbours of IPv4 are callers of their own, in whatever clothes", async () => {
  const [plain, neighbour] = [someAddress(), someAddress()];
  const hex = plain.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  await exhaust("set-up", () => plain);
  expect(await refusalOf(countAttempt("set-up", `::ffff:${plain}`))).toBe("rate-limited");
  expect(await refusalOf(countAttempt("set-up", `::ffff:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`))).toBe(
    "rate-limited",
  );
  expect(await refusalOf(countAttempt("set-up", neighbour))).toBeNull();
  expect(await refusalOf(countAttempt("set-up", "unknown"))).toBeNull();
});

test("the security log has the whole address of whoever signs in from such a network", async () => {
  const address = `2001:db8:${group()}:${group()}::${group()}`;
  expect(await signIn(`${randomUUID()}@test.example`, "a guess", address)).toBeNull();
  const { rows } = await pool().query("SELECT kind FROM security_log WHERE address = $1", [address]);
  expect(rows).toEqual([{ kind: "sign-in.failed" }]);
});

test("what was counted in a span that is over is forgotten, and nothing else", async () => {
  const key = randomUUID();
  await countAttempt("account", key);
  await pool().query("INSERT INTO rate_limits (key, points, expire) VALUES ($1, 3, $2)", [
    `account:old ${key}`,
    Date.now() - 1,
  ]);
  expect(await counters(`account:%${key}`)).toHaveLength(2);
  await forgetOldLimits();
  expect(await counters(`account:%${key}`)).toEqual([{ key: `account:${key}` }]);
});

test("who can sign in does not fill the security log by doing so", async () => {
  const { engineer, sre } = await makeTeam();
  const actor = await signedIn(engineer);
  for (let index = 1; index < LIMITS.proven.points; index += 1) await countAttempt("proven", engineer.id);
  const again = async () => signIn(await emailOf(engineer), PASSWORD, someAddress());
  for (let index = 0; index < 3; index += 1) expect(await refusalOf(again())).toBe("rate-limited");
  const proof = { kind: "password" as const, password: PASSWORD };
  expect(await refusalOf(stepUp(actor, { proof }))).toBe("rate-limited");
  expect(await logged(engineer.id)).toEqual(["sign-in.succeeded", "sign-in.limited"]);
  expect((await signIn(await emailOf(sre), PASSWORD, someAddress()))?.state).toBe("signed-in");
});

test("nor is anybody kept out so by somebody who has their password, and not their second factor", async () => {
  const { actor, code } = await withTotp((await makeTeam()).engineer);
  for (let index = 2; index < LIMITS.proven.points; index += 1) await countAttempt("proven", actor.id);
  for (let index = 0; index < 3; index += 1) await pendingFor(actor);
  const finish = async () => finishSignIn(await pendingFor(actor), { kind: "totp", code: code() }, PLACE);
  expect(await refusalOf(finish())).toBeNull();
  wait(1);
  expect(await refusalOf(finish())).toBe("rate-limited");
});
