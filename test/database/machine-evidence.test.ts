import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPhase } from "#lib/services/phases.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { moveClock } from "#test/support/database.ts";
import { overruleVerdict } from "#lib/services/evidence.ts";
import { askGate } from "#lib/services/gates.ts";
import { runOpenChecks } from "#lib/services/live-checks.ts";
import { runCheck } from "#lib/services/run-check.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { pool } from "#lib/db/pool.ts";
import {
  eventTypes,
  finishPhase,
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

afterAll(() => health.stop());

async function record(): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [health.url] } } });
  health.status = 200;
  return id;
}

const evidenceOf = async (id: string, item: string) =>
  (await load(id)).evidence.filter(({ itemKey }) => itemKey === item);
const runAgain = (id: string) => pool().query("DELETE FROM rate_limits WHERE key LIKE $1", [`check:${id}%`]);

test("the system's checks tick what passes, once, and speak again only when the verdict changes", async () => {
  const id = await record();
  await runOpenChecks(id);
  const deployment = await load(id);
  expect(deployment.items["load-balancers"]).toMatchObject({
    status: "done",
    settled: { by: { name: "Countersign" } },
  });
  const types = await eventTypes(id);
  expect(types).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
  await runOpenChecks(id);
  expect(await eventTypes(id)).toEqual(types);
  health.status = 503;
  await runOpenChecks(id);
  const [, second] = await evidenceOf(id, "load-balancers");
  expect(second).toMatchObject({
    source: "system",
    content: { kind: "check", verdict: "fail", checker: "http-health" },
  });
});

test("five at once leave one verdict, whole", async () => {
  const id = await record();
  await Promise.all(Array.from({ length: 5 }, async () => runOpenChecks(id)));
  expect(await eventTypes(id)).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
});

test("a verdict that fails holds the item until a lead overrules it, visibly", async () => {
  const id = await record();
  health.status = 500;
  const [verdict] = await runCheck(team.engineer, { deploymentId: id, item: "load-balancers" });
  expect(verdict).toMatchObject({ verdict: "fail" });
  const [entry] = await evidenceOf(id, "load-balancers");
  const overrule = { deploymentId: id, evidenceId: entry?.id ?? "", reason: "The balancer moves tonight" };
  expect(await refusalOf(overruleVerdict(team.engineer, overrule))).toBe("forbidden");
  await Promise.all([overruleVerdict(team.lead, overrule), overruleVerdict(team.lead, overrule)]);
  expect((await eventTypes(id)).filter((type) => type === "verdict.overruled")).toHaveLength(1);
  expect((await evidenceOf(id, "load-balancers"))[0]?.overruled).toMatchObject({
    by: { id: team.lead.id },
    reason: "The balancer moves tonight",
  });
  health.status = 200;
  await runAgain(id);
  await runCheck(team.engineer, { deploymentId: id, item: "load-balancers" });
  const newest = (await evidenceOf(id, "load-balancers")).at(-1);
  expect(await refusalOf(overruleVerdict(team.lead, { ...overrule, evidenceId: newest?.id ?? "" }))).toBe(
    "not-overrulable",
  );
});

test("a check is asked for by engineers of the team alone, and not without end", async () => {
  const id = await record();
  const input = { deploymentId: id, item: "load-balancers" };
  expect(await refusalOf(runCheck(team.auditor, input))).toBe("forbidden");
  expect(await refusalOf(runCheck((await makeTeam()).engineer, input))).toBe("not-found");
  expect(await refusalOf(runCheck(team.engineer, { ...input, item: "dns-records" }))).toBe("invalid-input");
  const codes = await Promise.all(
    Array.from({ length: 10 }, async () => refusalOf(runCheck(team.engineer, input))),
  );
  expect(codes.filter((code) => code === "rate-limited").length).toBeGreaterThanOrEqual(4);
});

test(
  "thirty minutes of health: an HTTP service that fails in their middle begins them anew",
  { timeout: 120_000 },
  async () => {
    const id = await record();
    await toSignOff(team, id);
    await signAll(team, id);
    await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
    const { t0At } = await load(id);
    await finishPhase(team, id, "deployment");
    await startPhase(team.engineer, { deploymentId: id, phase: "post-deployment" });
    const verdictAt = new Map<number, string>();
    for (let minute = 1; minute <= 46; minute += 1) {
      moveClock(Date.parse(t0At ?? "") - Date.now() + minute * MINUTE);
      health.status = minute === 12 ? 503 : 200;
      await runOpenChecks(id);
      const newest = (await evidenceOf(id, "health-checks-green")).at(-1)?.content;
      verdictAt.set(minute, newest?.kind === "check" ? newest.verdict : "none");
    }
    moveClock(0);
    expect([11, 12, 13, 31, 42].map((minute) => verdictAt.get(minute))).toEqual([
      "unknown",
      "fail",
      "unknown",
      "unknown",
      "unknown",
    ]);
    expect(verdictAt.get(44)).toBe("pass");
    expect((await load(id)).items["health-checks-green"]).toMatchObject({
      status: "done",
      settled: { by: { name: "Countersign" } },
    });
    expect((await evidenceOf(id, "health-checks-green")).length).toBeLessThan(6);
  },
);

describe("the gate", () => {
  test("looks once more: a check that fails now closes it without touching what was signed", async () => {
    const id = await record();
    await toSignOff(team, id);
    await signAll(team, id);
    const ask = async () => askGate(team.auditor, { deploymentId: id, phase: "deployment" });
    expect(await ask()).toMatchObject({ open: true, blockers: [] });
    const before = await eventTypes(id);
    expect((await load(id)).t0At).toBeNull();
    health.status = 500;
    await pool().query(
      "UPDATE check_runs SET ran_at = ran_at - interval '2 minutes' WHERE deployment_id = $1",
      [id],
    );
    expect(await ask()).toMatchObject({
      open: false,
      blockers: [{ code: "check-failed", item: "load-balancers" }],
    });
    expect(await eventTypes(id)).toEqual(before);
    health.status = 200;
    expect(await ask()).toMatchObject({ open: false });
    await pool().query(
      "UPDATE check_runs SET ran_at = ran_at - interval '2 minutes' WHERE deployment_id = $1",
      [id],
    );
    expect(await ask()).toMatchObject({ open: true });
  });

  test("is not there for whoever may not see the record, nor for a phase that is none", async () => {
    const id = await record();
    const stranger = (await makeTeam()).lead;
    expect(await refusalOf(askGate(stranger, { deploymentId: id, phase: "deployment" }))).toBe("not-found");
    expect(await refusalOf(askGate(team.lead, { deploymentId: id, phase: "nowhere" }))).toBe("not-found");
  });
});
