import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiveGitHub } from "#lib/api/receive-github.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { rejectApproval } from "#lib/services/approvals.ts";
import { createFreeze } from "#lib/services/freezes.ts";
import { askGate } from "#lib/services/gates.ts";
import { startPhase } from "#lib/services/phases.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import {
  finishPhase,
  inSession,
  load,
  makeTeam,
  openRecord,
  PASSWORD,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { startGitHub, type GitHub } from "#test/support/peers/github.ts";
import { startHealthService } from "#test/support/peers/health-service.ts";
import { answerProtectionRequests, deliver, recordOf, SHA } from "./github-cast.ts";

type Tail<T> = T extends [unknown, ...infer Rest] ? Rest : never;

let github: GitHub;
let team: Team;

beforeAll(async () => {
  team = await makeTeam();
  github = await startGitHub();
});

afterAll(() => github.stop());

const record = async (...given: Tail<Parameters<typeof recordOf>>) => recordOf(team, ...given);
const answersFor = (repository: string) => github.answersFor(repository);

test("GitHub hears yes when the gate opens, and once however often it asks", async () => {
  const id = await record("acme/approved", SHA);
  const delivery = randomUUID();
  expect((await deliver("acme/approved", { delivery })).status).toBe(202);
  expect((await deliver("acme/approved", { delivery })).status).toBe(202);
  await answerProtectionRequests();
  expect(answersFor("acme/approved")).toEqual([]);
  await signAll(team, id);
  await answerProtectionRequests();
  await answerProtectionRequests();
  expect(answersFor("acme/approved")).toMatchObject([
    { authorization: "Bearer ghs_test", body: { environment_name: "production", state: "approved" } },
  ]);
});

test("GitHub hears what the gate answers: nothing while a live check fails, yes when it passes again", async () => {
  const health = await startHealthService();
  const id = await record("acme/live", SHA, { http: { urls: [health.url] } });
  const serviceTurns = async (status: number) => {
    health.status = status;
    await pool().query(
      "UPDATE check_runs SET ran_at = ran_at - interval '2 minutes' WHERE deployment_id = $1",
      [id],
    );
  };
  const ask = async () => askGate(team.lead, { deploymentId: id, phase: "deployment" });
  await signAll(team, id);
  await deliver("acme/live");
  await serviceTurns(500);
  // Nobody asked the gate before: the answer itself looks.
  await answerProtectionRequests();
  expect(answersFor("acme/live")).toEqual([]);
  expect(await ask()).toMatchObject({ open: false, blockers: [{ code: "check-failed" }] });
  await serviceTurns(200);
  await answerProtectionRequests();
  expect(answersFor("acme/live")).toMatchObject([{ body: { state: "approved" } }]);
  expect(await ask()).toMatchObject({ open: true });
  health.stop();
});

test("nobody answers for a repository and environment that services of two teams name", async () => {
  const claimed = await record("acme/claimed", SHA);
  const other = await makeTeam();
  const id = await openRecord(other, { service: "decoy", commit: SHA });
  const { service } = await load(id);
  // An installation may hold such a pair from before it was refused.
  await prisma().service.update({
    where: { id: service.id },
    data: { checks: { github: { repository: "acme/claimed", environment: "production" } } },
  });
  await toSignOff(other, id);
  await signAll(other, id);
  await deliver("acme/claimed");
  await answerProtectionRequests();
  expect(answersFor("acme/claimed")).toEqual([]);
  // The decoy withdraws: the record that is left decides.
  await configureChecks(other.lead, { serviceId: service.id, checks: {} });
  await signAll(team, claimed);
  await answerProtectionRequests();
  expect(answersFor("acme/claimed")).toMatchObject([{ body: { state: "approved" } }]);
});

test("GitHub hears no with the reason when a sign-off is rejected", async () => {
  const id = await record("acme/rejected", SHA);
  await deliver("acme/rejected");
  const digest = contentDigest(await load(id));
  await rejectApproval(team.engineeringLead, {
    deploymentId: id,
    role: "engineering-lead",
    digest,
    proof: { kind: "password", password: PASSWORD },
    reason: "Not today",
  });
  await answerProtectionRequests();
  expect(answersFor("acme/rejected")[0]?.body).toMatchObject({
    state: "rejected",
    comment: expect.stringContaining("Not today"),
  });
});

test("a deployment that has been made is over, and so is one that a later one has overtaken", async () => {
  const begin = async (id: string) => {
    await signAll(team, id);
    await startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
  };
  const made = await record("acme/made", SHA);
  await begin(made);
  await deliver("acme/made");
  await answerProtectionRequests();
  await finishPhase(team, made, "deployment");
  const overtaken = await record("acme/overtaken", SHA);
  await begin(overtaken);
  const { service } = await load(overtaken);
  const later = await openRecord(team, { service: service.name, commit: "b".repeat(40) });
  await toSignOff(team, later);
  await begin(later);
  for (const repository of ["acme/made", "acme/overtaken"]) await deliver(repository);
  await answerProtectionRequests();
  expect(answersFor("acme/made").map(({ body }) => body.state)).toEqual(["approved", "rejected"]);
  expect(answersFor("acme/overtaken").map(({ body }) => body.state)).toEqual(["rejected"]);
});

test("what was signed for one service of a repository does not answer for another", async () => {
  const shared = { repository: "acme/monorepo", environment: "production" };
  const payments = await record("acme/monorepo", SHA);
  const docs = await openRecord(team, { service: "monorepo-docs", commit: SHA });
  const { service } = await load(docs);
  await configureChecks(team.lead, { serviceId: service.id, checks: { github: shared } });
  await toSignOff(team, docs);
  await signAll(team, docs);
  await deliver("acme/monorepo");
  await answerProtectionRequests();
  expect(answersFor("acme/monorepo")).toEqual([]);
  await signAll(team, payments);
  await answerProtectionRequests();
  expect(answersFor("acme/monorepo")).toMatchObject([{ body: { state: "approved" } }]);
});

test.each([7, 39])(
  "%i digits of a commit are refused: another commit may begin with them",
  async (digits) => {
    const repository = `acme/short-${digits}`;
    const whole = await record(repository, SHA);
    await signAll(team, whole);
    const { service } = await load(whole);
    const id = await openRecord(team, { service: service.name, commit: SHA.slice(0, digits) });
    await toSignOff(team, id);
    await signAll(team, id);
    await deliver(repository);
    await answerProtectionRequests();
    expect(answersFor(repository)).toMatchObject([
      { body: { state: "rejected", comment: expect.stringContaining("Name all 40 digits") } },
    ]);
  },
);

test("a question about a commit that no record names waits", async () => {
  await deliver("acme/unknown");
  await answerProtectionRequests();
  expect(answersFor("acme/unknown")).toEqual([]);
});

test("a wrong or missing signature, and a callback that leads elsewhere, are refused", async () => {
  expect((await deliver("acme/forged", { signature: `sha256=${"0".repeat(64)}` })).status).toBe(403);
  expect((await deliver("acme/forged", { signature: "" })).status).toBe(403);
  expect((await deliver("acme/forged", { callback: "https://evil.example" })).status).toBe(422);
  await answerProtectionRequests();
  expect(answersFor("acme/forged")).toEqual([]);
});

test("a job that is gone, and a GitHub that is down for one, hold up nobody else's answer", async () => {
  const ids = [
    await record("acme/cancelled", SHA),
    await record("acme/down", SHA),
    await record("acme/next", SHA),
  ];
  for (let index = 0; index < 101; index += 1) await deliver("acme/nobodys");
  for (const repository of ["acme/cancelled", "acme/down", "acme/next"]) await deliver(repository);
  for (const id of ids) await signAll(team, id);
  await expect(answerProtectionRequests()).rejects.toThrow("1 answers did not reach GitHub");
  expect(answersFor("acme/next")).toHaveLength(1);
  const open = await prisma().protectionRequest.groupBy({
    by: ["repository"],
    where: { answeredAt: null },
    _count: true,
  });
  const waiting = open.map(({ repository }) => repository);
  expect(waiting).not.toContain("acme/cancelled");
  expect(waiting).toContain("acme/down");
  expect(open.find(({ repository }) => repository === "acme/nobodys")?._count).toBe(101);
});

test("what was signed for staging says nothing of production, whose freeze holds", async () => {
  const production = await record("acme/environments", SHA);
  await signAll(team, production);
  await createFreeze(await inSession(team.lead), {
    team: team.name,
    environment: "production",
    startsAt: new Date(Date.now() - 1_000).toISOString(),
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    reason: "Christmas",
  });
  const { service } = await load(production);
  const staging = await openRecord(team, { service: service.name, commit: SHA, environment: "staging" });
  await toSignOff(team, staging);
  await signAll(team, staging);
  await deliver("acme/environments");
  await answerProtectionRequests();
  expect(await askGate(team.lead, { deploymentId: production, phase: "deployment" })).toMatchObject({
    open: false,
    blockers: [{ code: "freeze-window" }],
  });
  expect(answersFor("acme/environments")).toEqual([]);
});

test("an environment's name is no pattern: what was signed for prod-eu says nothing of prod_eu", async () => {
  const real = await record("acme/pattern", SHA, {}, "prod_eu");
  const { service } = await load(real);
  const other = await openRecord(team, { service: service.name, commit: SHA, environment: "prod-eu" });
  await toSignOff(team, other);
  await signAll(team, other);
  await deliver("acme/pattern", { environment: "prod_eu" });
  await answerProtectionRequests();
  expect(answersFor("acme/pattern")).toEqual([]);
  await signAll(team, real);
  await deliver("acme/pattern", { environment: "PROD_EU" });
  await answerProtectionRequests();
  expect(answersFor("acme/pattern").map(({ body }) => body.state)).toEqual(["approved", "approved"]);
});

test("deliveries that nobody signed are read a few at a time, and keep GitHub's from nothing", async () => {
  let [begun, brokenOff] = [0, 0];
  const standing = (address: string) => {
    const body = new ReadableStream<Uint8Array>(
      {
        start: () => undefined,
        pull: async (controller) => {
          begun += 1;
          controller.enqueue(new Uint8Array(1024));
          await new Promise(() => undefined);
        },
        cancel: () => {
          brokenOff += 1;
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: "POST", headers: { "x-forwarded-for": address }, body, duplex: "half" };
    return receiveGitHub(new Request("http://localhost", init));
  };
  const ofOneNetwork = Array.from({ length: 40 }, (_none, index) => standing(`2001:db8:1:2::${index + 1}`));
  await expect.poll(() => begun).toBe(4);
  const ofMany = Array.from({ length: 100 }, (_none, index) => standing(`2001:db8:2:${index}::1`));
  await expect.poll(() => begun - brokenOff).toBe(32);
  const refused = await Promise.any([...ofOneNetwork, ...ofMany]);
  expect(refused.status).toBe(429);
  expect((await deliver("acme/unknown")).status).toBe(202);
});
