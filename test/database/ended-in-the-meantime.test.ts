import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { findToken } from "#lib/auth/find-token.ts";
import { inTurn } from "#lib/db/turns.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { disablePerson, setPassword } from "#lib/services/people.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { createTokenFor, revokeToken } from "#lib/services/tokens.ts";
import {
  emailOf,
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  type Team,
} from "#test/support/factories.ts";

const admin = async () => inSession(await makePerson("admin", null));

test("no session of the old password outlives a new one, however many sign-ins were under way", async () => {
  const { engineer } = await makeTeam();
  const by = await admin();
  const email = await emailOf(engineer);
  const attempts = Array.from({ length: 9 }, async () =>
    signIn(email, PASSWORD, "192.0.2.9").catch(() => null),
  );
  await sleep(25);
  await setPassword(by, { personId: engineer.id, password: "another password altogether" });
  const begun = (await Promise.all(attempts)).flatMap((each) => (each === null ? [] : [each.token]));
  expect(await Promise.all(begun.map(async (token) => findActor(token)))).toEqual(begun.map(() => null));
});

// Whatever stands before a change of this record: it begins when this is called.
function holdTurn(id: string): () => Promise<void> {
  const held = Promise.withResolvers<void>();
  const busy = inTurn(id, "another", async () => held.promise);
  return async () => {
    held.resolve();
    await busy;
  };
}

async function leakedToken({ lead }: Team): Promise<Actor> {
  const secret = await createTokenFor(SYSTEM, lead.id, { name: "leaked", scopes: ["write"], days: 1 });
  const token = await findToken(secret, "192.0.2.9");
  if (token === null) throw new Error("the test's token does not stand");
  return token;
}

type Ending = readonly [
  what: string,
  ask: (team: Team) => Promise<Actor>,
  end: (admin: Actor, who: Actor) => Promise<void>,
  refused: string,
];

const inTheirSession = async ({ lead }: Team) => inSession(lead);
const ENDINGS: readonly Ending[] = [
  [
    "a role that was taken away from a token's person",
    leakedToken,
    async (by, { id, grants: [held] }) =>
      revokeRole(by, { personId: id, role: "team-lead", teamId: held?.teamId ?? null }),
    "not-found",
  ],
  [
    "an account that was closed",
    inTheirSession,
    async (by, { id }) => disablePerson(by, { personId: id }),
    "signed-out",
  ],
  [
    "a session that a new password ended",
    inTheirSession,
    async (by, { id }) => setPassword(by, { personId: id, password: "another password altogether" }),
    "signed-out",
  ],
  [
    "a token that was revoked",
    leakedToken,
    async (by, who) => revokeToken(by, { tokenId: who.kind === "token" ? who.token.id : "" }),
    "signed-out",
  ],
];

test.each(ENDINGS)("%s stops a change that was waiting for its turn", async (_, ask, end, refused) => {
  const team = await makeTeam();
  const by = await admin();
  const who = await ask(team);
  const id = await openRecord(team);
  const begin = holdTurn(id);
  const late = refusalOf(cancelDeployment(who, { deploymentId: id, reason: "Out of spite" }));
  await end(by, who);
  await begin();
  expect(await late).toBe(refused);
  expect((await load(id)).ended).toBeNull();
});

test("what a role that was taken away allowed is not decided in a change that another role allows", async () => {
  const team = await makeTeam();
  const by = await admin();
  await grantRole(by, { personId: team.lead.id, role: "engineer", teamId: team.id });
  const token = await leakedToken(team);
  const id = await openRecord(team);
  const critical = allItems((await load(id)).checklist).find(
    ({ item, phase }) => item.critical && !item.conditional && phase.key === "pre-deployment",
  );
  const item = critical?.item.key ?? "";
  const begin = holdTurn(id);
  const late = refusalOf(settleItem(token, id, { item, to: "not-applicable", reason: "Trust me" }));
  await revokeRole(by, { personId: token.id, role: "team-lead", teamId: team.id });
  await begin();
  expect(await late).toBe("forbidden");
  expect((await load(id)).items[item]).toBeUndefined();
});
