import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenDeploymentInput } from "#lib/domain/inputs/deployments.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { pool } from "#lib/db/pool.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { askGate } from "#lib/services/gates.ts";
import { completePhase, reopenPhase } from "#lib/services/phases.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { moveClock } from "#test/support/database.ts";
import {
  finishPhase,
  load,
  makeTeam,
  openRecord,
  refusalOf,
  settlePhase,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { startHealthService, type HealthService } from "#test/support/peers/health-service.ts";

let team: Team;
let health: HealthService;

beforeAll(async () => {
  team = await makeTeam();
  health = await startHealthService();
});

afterAll(() => {
  health.stop();
  moveClock(0);
});

/** A record whose whole checklist is done, and whose service has an address to look at since. */
async function toCloseOut(approvals?: OpenDeploymentInput["approvals"]): Promise<string> {
  moveClock(0);
  const service = `service-${Math.random()}`;
  const id = await openRecord(team, { service, signOffPlace: "close-out", approvals });
  await toSignOff(team, id);
  await finishPhase(team, id, "deployment");
  await settlePhase(team, id, "post-deployment");
  moveClock(31 * MINUTE);
  const item = "health-checks-green";
  await settleItem(team.lead, id, { item, to: "open" });
  await settleItem(team.engineer, id, { item, to: "done" });
  await completePhase(team.engineer, { deploymentId: id, phase: "post-deployment" });
  await finishPhase(team, id, "follow-up");
  const record = await load(id);
  await configureChecks(team.lead, {
    serviceId: record.service.id,
    checks: { http: { urls: [health.url] } },
  });
  return id;
}

test("the last approval at close-out meets what the gate answers, live checks included", async () => {
  const id = await toCloseOut();
  const last = async () => refusalOf(sign(id, team.product, "product"));
  await sign(id, team.engineeringLead, "engineering-lead");
  await sign(id, team.sre, "devops-sre");
  await sign(id, team.security, "security");
  health.status = 500;
  await pool().query("DELETE FROM check_runs WHERE deployment_id = $1", [id]);
  expect(await last()).toBe("gate-closed");
  const gate = await askGate(team.lead, { deploymentId: id, phase: "close-out" });
  expect(new Set(gate.blockers.map(({ code }) => code))).toEqual(
    new Set(["approval-missing", "check-failed"]),
  );
  expect((await load(id)).ended).toBeNull();
  health.status = 200;
  await pool().query("DELETE FROM check_runs WHERE deployment_id = $1", [id]);
  expect(await last()).toBeNull();
  expect((await load(id)).ended).toMatchObject({ outcome: "completed" });
});

test("a signature under way while the last phase is completed ends no record that no live check looked at", async () => {
  const id = await toCloseOut([{ role: "product", quorum: 1, withPrevious: false }]);
  const phase = "follow-up";
  await reopenPhase(team.lead, { deploymentId: id, phase, reason: "Once more." });
  health.status = 500;
  await pool().query("DELETE FROM check_runs WHERE deployment_id = $1", [id]);
  const signing = refusalOf(sign(id, team.product, "product"));
  // While the password is being checked.
  await sleep(20);
  await completePhase(team.engineer, { deploymentId: id, phase });
  expect(await signing).not.toBeNull();
  expect((await load(id)).ended).toBeNull();
});
