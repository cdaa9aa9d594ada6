import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { findToken } from "#lib/auth/find-token.ts";
import { pool } from "#lib/db/pool.ts";
import { inTurn } from "#lib/db/turns.ts";
import { grantRole } from "#lib/services/roles.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { createTokenFor, revokeToken } from "#lib/services/tokens.ts";
import { inSession, makePerson, makeTeam, openRecord, refusalOf } from "#test/support/factories.ts";

const HEAP = 60;

test("records that one person opens in heaps keep no other of the team waiting", async () => {
  const team = await makeTeam();
  const another = await makePerson("team-lead", team.id);
  await openRecord(team);
  const opened: string[] = [];
  const open = async (lead: Actor) => openRecord({ ...team, lead }).then(() => opened.push(lead.id));
  const heap = Array.from({ length: HEAP }, async () => open(team.lead));
  await open(another);
  expect(opened.indexOf(another.id)).toBeLessThan(8);
  await Promise.all(heap);
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM deployments WHERE team_id = $1",
    [team.id],
  );
  expect(rows[0]?.count).toBe(HEAP + 2);
});

test("what waits to be opened is judged when its turn comes", async () => {
  const team = await makeTeam();
  const secret = await createTokenFor(SYSTEM, team.lead.id, { name: "ci", scopes: ["write"], days: 1 });
  const token = await findToken(secret, "192.0.2.9");
  if (token === null) throw new Error("the test's token does not stand");
  const held = Promise.withResolvers<void>();
  const busy = inTurn(`opening:${team.lead.id}`, team.lead.id, async () => held.promise);
  const opening = refusalOf(openRecord({ ...team, lead: token }));
  await revokeToken(await inSession(team.lead), { tokenId: token.token.id });
  held.resolve();
  await busy;
  expect(await opening).toBe("forbidden");
});

test("a record has one successor, however many open it at once, and a repeat is the same one", async () => {
  const team = await makeTeam();
  const predecessorId = await openRecord(team);
  await cancelDeployment(team.lead, { deploymentId: predecessorId, reason: "Another day" });
  const another = { ...team, lead: await makePerson("team-lead", team.id) };
  const ids = [randomUUID(), randomUUID()];
  const [one, other] = ids;
  const tries = await Promise.allSettled([
    openRecord(team, { predecessorId }, one),
    openRecord(another, { predecessorId }, other),
  ]);
  const made = ids.filter((_, index) => tries[index]?.status === "fulfilled");
  expect(made).toHaveLength(1);
  expect(await refusalOf(openRecord(team, { predecessorId }))).toBe("invalid-input");
  expect(await openRecord(team, { predecessorId }, made[0])).toBe(made[0]);
});

test("nobody of another team takes the place of a record's successor, though they see the record", async () => {
  const team = await makeTeam();
  const predecessorId = await openRecord(team);
  await cancelDeployment(team.lead, { deploymentId: predecessorId, reason: "Another day" });
  const others = await makeTeam();
  await grantRole(await inSession(await makePerson("admin", null)), {
    personId: others.lead.id,
    role: "auditor",
    teamId: team.id,
  });
  const grants = [...others.lead.grants, { role: "auditor" as const, teamId: team.id }];
  const guest = { ...others, lead: { ...others.lead, grants } };
  expect(await refusalOf(openRecord(guest, { predecessorId, team: others.name }))).toBe("invalid-input");
  expect(await refusalOf(openRecord(team, { predecessorId }))).toBeNull();
});
