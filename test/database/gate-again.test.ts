import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addEvidence, addFile, overruleVerdict } from "#lib/services/evidence.ts";
import { askGate } from "#lib/services/gates.ts";
import { runCheck } from "#lib/services/run-check.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { pool } from "#lib/db/pool.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import {
  load,
  makeTeam,
  openRecord,
  refusalOf,
  signAll,
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

beforeEach(() => {
  health.status = 200;
});

afterAll(() => health.stop());

const ITEM = "load-balancers";
const T0_ITEM = "run-migrations";
const NOTE = { kind: "note" as const, text: "Two migrations" };
const ask = async (id: string) => askGate(team.lead, { deploymentId: id, phase: "deployment" });
const runsAreOld = (id: string) =>
  pool().query("UPDATE check_runs SET ran_at = ran_at - interval '2 minutes' WHERE deployment_id = $1", [id]);

async function checkHealthOf(id: string): Promise<void> {
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [health.url] } } });
}

/** A record at its open gate whose service then began to fail. */
async function failing(): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  await checkHealthOf(id);
  await toSignOff(team, id);
  await signAll(team, id);
  health.status = 500;
  await runsAreOld(id);
  expect(await ask(id)).toMatchObject({ open: false, blockers: [{ code: "check-failed", item: ITEM }] });
  return id;
}

test("what the gate answers is what beginning the phase meets", async () => {
  const id = await failing();
  const begin = async () => startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  expect(await refusalOf(begin())).toBe("gate-closed");
  expect((await load(id)).t0At).toBeNull();
  expect(await refusalOf(startPhase(team.auditor, { deploymentId: id, phase: "deployment" }))).toBe(
    "forbidden",
  );
  health.status = 200;
  await runsAreOld(id);
  await begin();
  expect((await load(id)).t0At).not.toBeNull();
});

test("the view refuses the start and the ticks beforehand while a check fails, and no longer than that", async () => {
  const id = await failing();
  const { nextStep, phases } = await getDeployment(team.engineer, id);
  const reason = expect.stringMatching(/^“Load balancers health-checked” fails now: .*500/);
  expect(nextStep).toMatchObject({ kind: "start-phase", ability: { allowed: false, reason } });
  expect(phases[2]).toMatchObject({ key: "deployment", state: "locked" });
  expect(phases[2]?.sections[0]?.change).toEqual({
    allowed: false,
    reason: "The gate before Deployment is closed",
  });
  health.status = 200;
  await runsAreOld(id);
  await ask(id);
  expect((await getDeployment(team.engineer, id)).nextStep).toMatchObject({ ability: { allowed: true } });
});

test.each([
  ["a tick", async (id: string) => settleItem(team.engineer, id, { item: T0_ITEM, to: "done" })],
  [
    "evidence",
    async (id: string) => addEvidence(team.engineer, { deploymentId: id, item: T0_ITEM, content: NOTE }),
  ],
  [
    "a waiver",
    async (id: string) =>
      settleItem(team.lead, id, { item: T0_ITEM, to: "not-applicable", reason: "No migrations" }),
  ],
  [
    "a file",
    async (id: string) =>
      addFile(team.engineer, { deploymentId: id, item: T0_ITEM, name: "a.txt", bytes: Buffer.from("a") }),
  ],
])("%s begins no phase while a check behind its gate fails", async (_what, begin) => {
  const id = await failing();
  expect(await refusalOf(begin(id))).toBe("gate-closed");
  expect((await load(id)).t0At).toBeNull();
});

test("whoever begins a phase looks at its gate, though nobody asked it before", async () => {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  await checkHealthOf(id);
  await toSignOff(team, id);
  await signAll(team, id);
  health.status = 500;
  await runsAreOld(id);
  expect(await refusalOf(settleItem(team.engineer, id, { item: T0_ITEM, to: "done" }))).toBe("gate-closed");
  health.status = 200;
  await runsAreOld(id);
  await settleItem(team.engineer, id, { item: T0_ITEM, to: "done" });
  expect((await load(id)).t0At).not.toBeNull();
});

test("an address that is taken away after the check failed opens nothing", async () => {
  const id = await failing();
  const {
    service: { id: serviceId },
  } = await load(id);
  await configureChecks(team.lead, { serviceId, checks: {} });
  expect(await ask(id)).toMatchObject({ open: false, blockers: [{ code: "check-failed" }] });
});

test("an item that is waived has no check that could fail", async () => {
  const id = await failing();
  await reopenPhase(team.lead, { deploymentId: id, phase: "pre-deployment", reason: "to waive it" });
  await settleItem(team.lead, id, { item: ITEM, to: "not-applicable", reason: "There is no balancer" });
  await completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" });
  await completePhase(team.engineer, { deploymentId: id, phase: "final-checks" });
  await signAll(team, id);
  await runsAreOld(id);
  expect(await ask(id)).toMatchObject({ open: true, blockers: [] });
});

test("a verdict that a team lead overruled stays overruled while the check says the same", async () => {
  const id = await failing();
  await reopenPhase(team.lead, { deploymentId: id, phase: "pre-deployment", reason: "to overrule it" });
  await runCheck(team.engineer, { deploymentId: id, item: ITEM });
  const entry = (await load(id)).evidence.findLast(({ itemKey }) => itemKey === ITEM);
  await overruleVerdict(team.lead, {
    deploymentId: id,
    evidenceId: entry?.id ?? "",
    reason: "It answers 500 on purpose",
  });
  await completePhase(team.engineer, { deploymentId: id, phase: "pre-deployment" });
  await completePhase(team.engineer, { deploymentId: id, phase: "final-checks" });
  await signAll(team, id);
  await runsAreOld(id);
  expect(await ask(id)).toMatchObject({ open: true, blockers: [] });
});
