import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { countAwaiting } from "#lib/queries/list-deployments.ts";
import { confirmBreakGlass, requestBreakGlass, reviewBreakGlass } from "#lib/services/break-glass.ts";
import { askGate } from "#lib/services/gates.ts";
import { startPhase } from "#lib/services/phases.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import {
  inSession,
  eventTypes,
  finishPhase,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  type Team,
} from "#test/support/factories.ts";

let team: Team;
let admin: Team["lead"];

beforeAll(async () => {
  team = await makeTeam();
  admin = await makePerson("admin", null);
});

const confirm = async (id: string, actor: Actor, role: "devops-sre" | "security" = "devops-sre") => {
  const record = await load(id);
  const pending = record.breakGlass.at(-1);
  const blockers = allGateBlockers(record, pending?.phase ?? "", new Date().toISOString(), []);
  await confirmBreakGlass(actor, {
    deploymentId: id,
    request: pending?.request ?? 1,
    role,
    digest: breakGlassDigest(record, pending?.phase ?? "", blockers),
    proof: { kind: "password", password: PASSWORD },
  });
};

test("a whole story: asked, confirmed, forced, reviewed, and the history is whole", async () => {
  const id = await openRecord(team);
  await finishPhase(team, id, "pre-deployment");
  await requestBreakGlass(team.lead, {
    deploymentId: id,
    phase: "deployment",
    reason: "The site is down.",
  });
  expect(await countAwaiting(team.sre)).toBeGreaterThan(0);
  expect((await askGate(team.engineer, { deploymentId: id, phase: "deployment" })).open).toBe(false);
  await confirm(id, team.sre);
  const gate = await askGate(team.engineer, { deploymentId: id, phase: "deployment" });
  expect(gate).toMatchObject({ open: true, forced: true, blockers: [] });
  expect(gate.overridden.length).toBeGreaterThan(4);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  expect((await eventTypes(id)).slice(-4)).toEqual([
    "break-glass.requested",
    "break-glass.confirmed",
    "phase.left-incomplete",
    "phase.started",
  ]);
  expect(await askGate(team.engineer, { deploymentId: id, phase: "deployment" })).toMatchObject({
    open: true,
    forced: true,
  });
  const { rows } = await pool().query("SELECT break_glass, status FROM deployments WHERE id = $1", [id]);
  expect(rows).toEqual([{ break_glass: "review-owed", status: "in-progress" }]);
  const request = (await load(id)).breakGlass[0]?.request ?? 0;
  await reviewBreakGlass(team.security, {
    deploymentId: id,
    request,
    conclusion: "justified",
    finding: "It was down.",
  });
  expect((await verifyHistory()).flaws).toEqual([]);
});

test("twenty confirmations at once break it once", async () => {
  const security = await Promise.all(Array.from({ length: 20 }, () => makePerson("security", team.id)));
  const id = await openRecord(team);
  await requestBreakGlass(team.lead, { deploymentId: id, phase: "final-checks", reason: "Down." });
  const codes = await Promise.all(security.map((person) => refusalOf(confirm(id, person, "security"))));
  expect(codes.filter((code) => code === null)).toHaveLength(1);
  expect(new Set(codes.filter((code) => code !== null))).toEqual(new Set(["already-signed"]));
}, 60_000);

test("the database itself lets neither the asker nor opener nor deployer break it", async () => {
  const id = await openRecord(team);
  const lead2 = await makePerson("team-lead", team.id);
  await grantRole(await inSession(admin), { personId: lead2.id, role: "security", teamId: team.id });
  await grantRole(await inSession(admin), {
    personId: team.engineer.id,
    role: "security",
    teamId: team.id,
  });
  await requestBreakGlass(lead2, { deploymentId: id, phase: "final-checks", reason: "Down." });
  const forge = (personId: string) =>
    pool().query(
      `UPDATE break_glass SET confirmed_at = now(), confirmed_by_id = $2, confirmed_by_name = 'X', role = 'security',
         meaning = 'm', digest = $3, proof = 'password', blockers = '[]' WHERE deployment_id = $1`,
      [id, personId, "0".repeat(64)],
    );
  await expect(forge(lead2.id)).rejects.toThrow("break_glass_two_people");
  await expect(forge(team.engineer.id)).rejects.toThrow("neither opener nor deployer");
  await expect(forge(team.auditor.id)).rejects.toThrow("only an approver of the team");
  await expect(
    pool().query("UPDATE break_glass SET requested_by_id = $2 WHERE deployment_id = $1", [id, lead2.id]),
  ).rejects.toThrow("permission denied");
  await revokeRole(admin, { personId: team.engineer.id, role: "security", teamId: team.id });
});
