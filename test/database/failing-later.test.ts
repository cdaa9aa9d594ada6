import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { askGate } from "#lib/services/gates.ts";
import { runOpenChecks } from "#lib/services/live-checks.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { pool } from "#lib/db/pool.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { countUnread, listNotifications } from "#lib/queries/list-notifications.ts";
import { eventTypes, load, makeTeam, openRecord, toSignOff, type Team } from "#test/support/factories.ts";
import { startHealthService, type HealthService } from "#test/support/peers/health-service.ts";

const ITEM = "load-balancers";
let team: Team;
let health: HealthService;

beforeAll(async () => {
  health = await startHealthService();
});

beforeEach(async () => {
  team = await makeTeam();
  health.status = 200;
});

afterAll(() => health.stop());

/** A record whose first phases are complete; its service answered when they were. */
async function passed(): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [health.url] } } });
  await runOpenChecks(id);
  await toSignOff(team, id);
  return id;
}

async function look(id: string, status: number): Promise<void> {
  health.status = status;
  await pool().query(
    "UPDATE check_runs SET ran_at = ran_at - interval '6 minutes' WHERE deployment_id = $1",
    [id],
  );
  await runOpenChecks(id);
}

async function told(person: Team["lead"]) {
  await fanOut();
  const { notifications } = await listNotifications(person, { limit: 100 });
  return notifications.filter(({ kind }) => kind === "check");
}

test("a check that fails after its phase was completed tells the record's people, once for each turn", async () => {
  const id = await passed();
  const before = await eventTypes(id);
  await look(id, 200);
  expect(await told(team.lead)).toEqual([]);
  await look(id, 503);
  await look(id, 503);
  const [news, ...more] = await told(team.lead);
  expect(more).toEqual([]);
  expect(news).toMatchObject({
    kind: "check",
    sentence: "The check of “Load balancers health-checked” fails after its phase was completed.",
    href: `/deployments/${id}#item-${ITEM}`,
  });
  expect(news?.remark).toContain("503");
  expect([await told(team.engineer), await told(team.engineer2)].map(({ length }) => length)).toEqual([1, 0]);
  await look(id, 200);
  expect((await told(team.lead)).map(({ sentence }) => sentence)).toEqual([
    "The check of “Load balancers health-checked” failed after its phase was completed, and passes again.",
  ]);
  await look(id, 503);
  expect(await told(team.lead)).toHaveLength(2);
  expect(await eventTypes(id)).toEqual(before);
});

test("the page shows what closes the gate, before anybody asks it", async () => {
  const id = await passed();
  await look(id, 503);
  const { blockers, gates } = await getDeployment(team.engineer, id);
  const failing = { code: "check-failed", item: ITEM, phase: "pre-deployment" };
  expect(blockers).toContainEqual(expect.objectContaining(failing));
  expect(gates.find(({ phase }) => phase === "deployment")?.blockers).toContainEqual(
    expect.objectContaining(failing),
  );
  await look(id, 200);
  const codes = (await getDeployment(team.engineer, id)).blockers.map(({ code }) => code);
  expect(codes).not.toContain("check-failed");
});

test("what fails after the end tells nobody", async () => {
  const id = await passed();
  await cancelDeployment(team.lead, { deploymentId: id, reason: "Not needed." });
  await look(id, 503);
  expect(await told(team.lead)).toEqual([]);
});

test("what passed at other addresses is told of no longer", async () => {
  const id = await passed();
  await look(id, 503);
  await look(id, 200);
  expect(await told(team.lead)).toHaveLength(1);
  await goTo(id, {});
  expect(await told(team.lead)).toEqual([]);
  expect(await countUnread(team.lead)).toBe(0);
});

describe("an address that is taken away or changed after the check failed", () => {
  const goesTo = (url: string): ServiceChecks => ({ http: { urls: [url] } });
  const failing = async (id: string) =>
    (await askGate(team.auditor, { deploymentId: id, phase: "deployment" })).blockers.filter(
      ({ code }) => code === "check-failed",
    );
  const MOVED = /^“Load balancers health-checked” failed, and its address was changed or taken away since: /;

  test.each<[string, ServiceChecks]>([
    ["none", {}],
    ["another kind of address", { headers: { url: "http://127.0.0.1:9/" } }],
  ])("with %s, the failure stands, at the gate and for those who were told", async (_, checks) => {
    const id = await passed();
    await look(id, 503);
    await goTo(id, checks);
    await runOpenChecks(id);
    expect(await failing(id)).toMatchObject([{ item: ITEM, message: expect.stringMatching(MOVED) }]);
    const { blockers } = await getDeployment(team.engineer, id);
    expect(blockers).toContainEqual(expect.objectContaining({ code: "check-failed", item: ITEM }));
    expect(await told(team.lead)).toHaveLength(1);
  });

  test("it ends where the check passes, at once, and the record shows who changed the address", async () => {
    const id = await passed();
    await look(id, 503);
    const elsewhere = await startHealthService();
    await goTo(id, {});
    await goTo(id, goesTo(elsewhere.url));
    expect(await failing(id)).toEqual([]);
    elsewhere.stop();
    const { phases } = await getDeployment(team.auditor, id);
    const checks = phases
      .flatMap(({ sections }) => sections)
      .flatMap(({ items }) => items.flatMap((item) => item.checks));
    const changed = checks.filter(({ addressChanged }) => addressChanged !== null);
    expect(new Set(changed.map(({ checker }) => checker))).toEqual(new Set(["http-health"]));
    expect(changed[0]?.addressChanged?.by).toBe(team.lead.name);
  });

  test("a failure at the new address is one of now, and a change of other addresses leaves it alone", async () => {
    const id = await passed();
    await look(id, 503);
    await goTo(id, { ...goesTo(health.url), cors: { url: "http://127.0.0.1:9/", allowedOrigins: [] } });
    const now = { message: "“Load balancers health-checked” fails now: " };
    expect((await failing(id))[0]?.message).toContain(now.message);
    await goTo(id, goesTo(`${health.url}/other`));
    expect((await failing(id))[0]?.message).toContain(now.message);
  });
});

async function goTo(id: string, checks: ServiceChecks): Promise<void> {
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks });
}
