import { afterAll, beforeAll, expect, test } from "vitest";
import { findToken } from "#lib/auth/find-token.ts";
import { prisma } from "#lib/db/prisma.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { createTokenFor } from "#lib/services/tokens.ts";
import { moveClock } from "#test/support/database.ts";
import { makePerson, makeTeam, type Team } from "#test/support/factories.ts";

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

afterAll(() => moveClock(0));

async function made() {
  const person = await makePerson("engineer", team.id);
  const token = await createTokenFor(SYSTEM, person.id, { name: "ci", scopes: ["read"], days: 1 });
  const lines = async () =>
    (
      await prisma().securityLogEntry.findMany({
        where: { kind: "token.new-address", userId: person.id },
        orderBy: { id: "asc" },
      })
    ).map(({ address }) => address);
  return { token, lines };
}

test("a token that comes from many addresses of one network leaves one line, with the first of them", async () => {
  const { token, lines } = await made();
  for (let count = 1; count <= 30; count += 1) await findToken(token, `2001:db8:1:2::${count.toString(16)}`);
  for (const address of ["2001:db8:1:3::1", "198.51.100.7", "198.51.100.8", "::ffff:198.51.100.7"])
    await findToken(token, address);
  expect(await lines()).toEqual(["2001:db8:1:2::1", "2001:db8:1:3::1", "198.51.100.7", "198.51.100.8"]);
});

test("twenty new addresses of a token are told of within an hour, and a further one when it comes again later", async () => {
  const { token, lines } = await made();
  for (let count = 1; count <= 30; count += 1)
    expect(await findToken(token, `198.51.100.${count}`)).not.toBeNull();
  expect(await lines()).toHaveLength(20);
  moveClock(61 * MINUTE);
  await findToken(token, "198.51.100.30");
  expect((await lines()).slice(20)).toEqual(["198.51.100.30"]);
});
