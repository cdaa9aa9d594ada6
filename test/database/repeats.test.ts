import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { SECOND } from "#lib/domain/time.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { claimKey, keepAnswer, releaseKey, type KeyedRequest } from "#lib/services/idempotency.ts";
import { runCheck } from "#lib/services/run-check.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { moveClock } from "#test/support/database.ts";
import { eventTypes, load, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";
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

async function record(): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks: { http: { urls: [health.url] } } });
  health.status = 200;
  return id;
}

describe("a check that is asked for under one id", () => {
  const ITEM = "load-balancers";

  test("is recorded once, however often and however late, and answers what was recorded", async () => {
    const id = await record();
    const ask = async (newId: string) => runCheck(team.engineer, { deploymentId: id, item: ITEM }, newId);
    const key = randomUUID();
    const first = await ask(key);
    const types = await eventTypes(id);
    expect(types).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
    health.status = 503;
    expect(await ask(key)).toEqual(first);
    await settleItem(team.engineer, id, { item: ITEM, to: "open" });
    await ask(key);
    expect(await eventTypes(id)).toEqual([...types, "item.unchecked"]);
    expect(await ask(randomUUID())).toMatchObject([{ verdict: "fail" }]);
  });

  test("is recorded once when two ask at the same time", async () => {
    const id = await record();
    const key = randomUUID();
    const [one, other] = await Promise.all(
      [1, 2].map(async () => runCheck(team.engineer, { deploymentId: id, item: ITEM }, key)),
    );
    expect(one).toEqual(other);
    expect((await load(id)).evidence).toHaveLength(1);
  });
});

describe("a request that died after its effect", () => {
  const ITEM = "cdn";

  function asked(): KeyedRequest {
    moveClock(0);
    return { caller: "token:x", key: randomUUID(), fingerprint: "f", record: null };
  }

  /** Whoever asks, under the claim that they have now. */
  async function underClaim(request: KeyedRequest): Promise<Actor> {
    const claim = await claimKey(request);
    if (claim.kept !== null) throw new Error("answered already");
    return { ...team.engineer, claim: { ...request, tookEffect: claim.tookEffect } };
  }

  test("changes nothing when it is repeated, over what somebody else did since", async () => {
    const id = await openRecord(team);
    const request = asked();
    const tick = async () => settleItem(await underClaim(request), id, { item: ITEM, to: "done" });
    await tick();
    await settleItem(team.lead, id, { item: ITEM, to: "open" });
    moveClock(16 * SECOND);
    await tick();
    expect(await eventTypes(id)).toEqual(["deployment.opened", "item.checked", "item.unchecked"]);
  });

  test("leaves nothing when it was slow and its repeat was first", async () => {
    const id = await openRecord(team);
    const request = asked();
    const first = await underClaim(request);
    moveClock(16 * SECOND);
    await settleItem(await underClaim(request), id, { item: ITEM, to: "done" });
    await settleItem(team.lead, id, { item: ITEM, to: "open" });
    expect(await refusalOf(settleItem(first, id, { item: ITEM, to: "done" }))).toBe("request-in-progress");
    expect(await eventTypes(id)).toEqual(["deployment.opened", "item.checked", "item.unchecked"]);
  });

  test("keeps its key, though its repeat is refused", async () => {
    const id = await openRecord(team);
    const request = asked();
    await settleItem(await underClaim(request), id, { item: ITEM, to: "done" });
    moveClock(16 * SECOND);
    const claim = await claimKey(request);
    await releaseKey(request, claim.kept === null ? claim.claimedAt : "");
    expect(await refusalOf(claimKey(request))).toBe("request-in-progress");
  });
});

describe("a key that a second request claimed after the first took too long", () => {
  const ANSWER = { status: 201, headers: {}, body: "first" };

  async function claimedTwice() {
    const request = { caller: "token:x", key: randomUUID(), fingerprint: "f", record: null };
    const claim = async () => {
      const claimed = await claimKey(request);
      if (claimed.kept !== null) throw new Error("answered already");
      return claimed.claimedAt;
    };
    moveClock(0);
    const first = await claim();
    moveClock(16 * SECOND);
    return { request, first, second: await claim() };
  }

  test("is not given back by the first one's refusal", async () => {
    const { request, first } = await claimedTwice();
    await releaseKey(request, first);
    expect(await refusalOf(claimKey(request))).toBe("request-in-progress");
  });

  test("keeps the answer that came first", async () => {
    const { request, second } = await claimedTwice();
    await keepAnswer(request, ANSWER);
    await keepAnswer(request, { ...ANSWER, body: "second" });
    await releaseKey(request, second);
    expect(await claimKey(request)).toEqual({ kept: ANSWER });
  });
});
