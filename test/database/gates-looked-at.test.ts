import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { itemsOf } from "#lib/domain/checklist.ts";
import { pool } from "#lib/db/pool.ts";
import { askGate } from "#lib/services/gates.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { runCheck } from "#lib/services/run-check.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import {
  finishPhase,
  load,
  makeTeam,
  openRecord,
  refusalOf,
  settlePhase,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { startHealthService, type HealthService } from "#test/support/peers/health-service.ts";

let team: Team;
let first: HealthService;
let second: HealthService;

beforeAll(async () => {
  team = await makeTeam();
  [first, second] = [await startHealthService(), await startHealthService()];
});

afterAll(() => {
  first.stop();
  second.stop();
});

/** A record that may begin its deployment, of a service that answers at `url`. */
async function signed(url: string): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  await pointTo(id, url);
  await toSignOff(team, id);
  await signAll(team, id);
  return id;
}

/** The same with its deployment under way. */
async function begun(url: string): Promise<string> {
  const id = await signed(url);
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  return id;
}

async function pointTo(id: string, url: string): Promise<void> {
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [url] } } });
}

test("a record ends through its last gate alone, which live checks look at as at any other", async () => {
  const id = await begun(first.url);
  const phases = (await load(id)).checklist.phases.map(({ key }) => key);
  const last = phases.at(-1) ?? "";
  for (const phase of phases.slice(2, -1)) await finishPhase(team, id, phase);
  await settlePhase(team, id, last);
  const turnTo = async (status: number) => {
    first.status = status;
    await pool().query(
      "UPDATE check_runs SET ran_at = ran_at - interval '2 minutes' WHERE deployment_id = $1",
      [id],
    );
  };
  await turnTo(500);
  expect(await refusalOf(completePhase(team.engineer, { deploymentId: id, phase: last }))).toBe(
    "gate-closed",
  );
  expect(await askGate(team.engineer, { deploymentId: id, phase: "close-out" })).toMatchObject({
    open: false,
    blockers: expect.arrayContaining([expect.objectContaining({ code: "check-failed" })]),
  });
  await turnTo(200);
  await completePhase(team.engineer, { deploymentId: id, phase: last });
  expect((await load(id)).ended?.outcome).toBe("completed");
});

test("minutes that one address was green count for no other", async () => {
  const id = await begun(first.url);
  await finishPhase(team, id, "deployment");
  const { checklist } = await load(id);
  const long = checklist.phases
    .flatMap((phase) => itemsOf(phase))
    .find(({ item }) => item.checks?.some(({ parameters }) => Object(parameters).greenMinutes === 30));
  const item = long?.item.key ?? "";
  await pool().query("UPDATE deployments SET t0_at = now() - interval '40 minutes' WHERE id = $1", [id]);
  await pool().query(
    `INSERT INTO probes (deployment_id, item_key, checker, at, ok, detail)
     SELECT $1::uuid, $2, 'http-health', now() - make_interval(mins => m), true, 'healthy' FROM generate_series(1, 39) m`,
    [id, item],
  );
  await pointTo(id, second.url);
  const [check] = await runCheck(team.engineer, { deploymentId: id, item });
  expect(check).toMatchObject({ verdict: "unknown", summary: expect.stringContaining("0 of 30 minutes") });
});

test("whoever looks whether the service is healthy begins no deployment", async () => {
  const id = await signed(first.url);
  const look = { deploymentId: id, item: "verify-health-checks" };
  expect(await refusalOf(runCheck(team.engineer, look))).toBe("phase-locked");
  expect((await load(id)).t0At).toBeNull();
  await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  expect(await refusalOf(runCheck(team.engineer, look))).toBeNull();
});

test("a look that is asked for again is answered as it was, though its phase is locked by now", async () => {
  const id = await begun(first.url);
  const look = { deploymentId: id, item: "verify-health-checks" };
  const key = randomUUID();
  const seen = await runCheck(team.engineer, look, key);
  await reopenPhase(team.lead, { deploymentId: id, phase: "final-checks", reason: "Once more" });
  expect(await runCheck(team.engineer, look, key)).toEqual(seen);
  expect(await refusalOf(runCheck(team.engineer, look))).toBe("phase-locked");
});
