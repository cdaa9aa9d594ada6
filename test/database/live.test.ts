import { randomUUID } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { Client } from "pg";
import { listen, type Heard } from "#lib/db/listen.ts";
import { followChanges, maySeeChange, type LiveChange } from "#lib/queries/follow-changes.ts";
import { followRecord } from "#lib/api/follow-record.ts";
import { followPresence, whoIsHere } from "#lib/queries/presence.ts";
import { addComment } from "#lib/services/comments.ts";
import { settleItem, settleItems } from "#lib/services/checklist-items.ts";
import { announcePresence } from "#lib/services/presence.ts";
import { createFreeze, endFreeze } from "#lib/services/freezes.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { changeTeamSecondFactor } from "#lib/services/teams.ts";
import { grantRole } from "#lib/services/roles.ts";
import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";
import { eventTypes, load, makePerson, makeTeam, openRecord } from "#test/support/factories.ts";
import { urlFor } from "#test/support/database.ts";

const ADMIN: Actor = {
  kind: "system",
  id: SYSTEM_ID,
  name: "Test",
  grants: [{ role: "admin", teamId: null }],
};
const TAB = "7ab00000-0000-4000-8000-000000000001";

// The first follower connects; what is committed from then on is heard.
beforeAll(async () => {
  const { heard, stop } = follow();
  await vi.waitFor(() => expect(heard).toContainEqual({ kind: "gap" }), { timeout: 10_000 });
  stop();
});

function follow() {
  const heard: LiveChange[] = [];
  const stop = followChanges((change) => heard.push(change));
  const events = () => heard.flatMap((change) => (change.kind === "events" ? change.events : []));
  return { heard, events, stop };
}

test("a commit is told once, with its sentences, and to those alone who may see the record", async () => {
  const { heard, events, stop } = follow();
  const [own, other] = [await makeTeam(), await makeTeam()];
  const id = await openRecord(own);
  await settleItems(own.engineer, {
    deploymentId: id,
    changes: [
      { item: "mtls-enabled", to: "done" },
      { item: "no-such-item", to: "done" },
    ],
  });
  await vi.waitFor(() => expect(events().some(({ type }) => type === "item.checked")).toBe(true));
  stop();
  const { revision } = await load(id);
  const mine = events().filter(({ deployment }) => deployment === id);
  expect(mine.map(({ seq }) => seq)).toEqual(Array.from({ length: revision }, (_none, index) => index + 1));
  expect(mine.find(({ type }) => type === "item.checked")).toMatchObject({
    actor: { id: own.engineer.id, name: own.engineer.name },
    item: "mtls-enabled",
    predicate: expect.stringContaining("ticked “"),
  });
  const change = heard.find(
    (one) => one.kind === "events" && one.events.some((event) => event.deployment === id),
  );
  if (change === undefined) throw new Error("nothing was told");
  expect(maySeeChange(own.auditor, change)).toBe(true);
  expect(maySeeChange(other.lead, change)).toBe(false);
});

test("a refused or repeated change tells nobody anything", async () => {
  const { events, stop } = follow();
  const team = await makeTeam();
  const id = await openRecord(team);
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await expect(settleItem(team.auditor, id, { item: "cdn", to: "done" })).rejects.toThrow();
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "open" });
  await vi.waitFor(() => expect(events().some(({ type }) => type === "item.unchecked")).toBe(true));
  stop();
  expect(events().map(({ seq }) => seq)).toEqual((await eventTypes(id)).map((_type, index) => index + 1));
});

test("the installation's changes are told to those who read its history", async () => {
  const { heard, stop } = follow();
  const team = await makeTeam();
  await grantRole(ADMIN, { personId: team.engineer.id, role: "auditor", teamId: team.id });
  await vi.waitFor(() => expect(heard).toContainEqual({ kind: "installation" }));
  stop();
  expect(maySeeChange(ADMIN, { kind: "installation" })).toBe(true);
  expect(maySeeChange(team.lead, { kind: "installation" })).toBe(false);
});

test("what stands around a team's records is told to those who see them, whoever wrote it", async () => {
  const { heard, stop } = follow();
  const [own, other] = [await makeTeam(), await makeTeam()];
  const id = await openRecord(own);
  const secondLead = await makePerson("team-lead", own.id);
  const times = () =>
    heard.filter((change) => change.kind === "surroundings" && change.team === own.id).length;
  const told = async (write: () => Promise<unknown>) => {
    const before = times();
    await write();
    await vi.waitFor(() => expect(times()).toBeGreaterThan(before));
  };
  await grantRole(ADMIN, { personId: own.engineer.id, role: "product", teamId: own.id });
  await vi.waitFor(() => expect(times()).toBeGreaterThan(0));
  const span = { startsAt: "2199-01-01T00:00:00.000Z", endsAt: "2199-01-02T00:00:00.000Z" };
  const freeze = { team: own.name, environment: null, reason: "Holidays", ...span };
  await told(async () => {
    const freezeId = await createFreeze(own.lead, freeze);
    await told(async () => endFreeze(secondLead, { freezeId }));
  });
  const { service } = await load(id);
  const checks = { http: { urls: ["https://example.test/"] } };
  await told(async () => configureChecks(own.lead, { serviceId: service.id, checks }));
  await told(async () => changeTeamSecondFactor(ADMIN, { teamId: own.id, required: true }));
  await cancelDeployment(own.lead, { deploymentId: id, reason: "Not needed." });
  await told(async () => openRecord(own, { service: service.name, predecessorId: id }));
  stop();
  expect(maySeeChange(own.auditor, { kind: "surroundings", team: own.id })).toBe(true);
  expect(maySeeChange(other.lead, { kind: "surroundings", team: own.id })).toBe(false);
  expect(maySeeChange(other.lead, { kind: "surroundings", team: null })).toBe(true);
});

test("a follower of a record gets each event once and in order, though the connection is cut again and again", async () => {
  const { stop } = follow();
  const team = await makeTeam();
  const id = await openRecord(team);
  const sent: number[] = [];
  const stopRecord = followRecord(team.auditor, id, 0, {
    response: new Response(null),
    send: (_event, _data, seq) => (seq === undefined ? undefined : sent.push(seq)),
    end: (reason) => expect.unreachable(reason),
  });
  const owner = new Client({ connectionString: urlFor("superuser") });
  await owner.connect();
  for (let round = 0; round < 40; round += 1) {
    if (round % 10 === 5)
      await owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countersign-listener'",
      );
    await settleItem(team.engineer, id, { item: "mtls-enabled", to: round % 2 === 0 ? "done" : "open" });
  }
  await owner.end();
  const { revision } = await load(id);
  await vi.waitFor(() => expect(sent.at(-1)).toBe(revision), { timeout: 10_000 });
  stopRecord();
  stop();
  // The cuts are said aloud; nothing else is.
  expect(vi.mocked(console.warn).mock.calls.length).toBeGreaterThan(0);
  vi.mocked(console.warn).mockClear();
  expect(sent).toEqual(Array.from({ length: revision }, (_none, index) => index + 1));
});

test("presence reaches everybody, moves, ends, leaves no event, and is nobody's who may not see the record", async () => {
  const { stop } = follow();
  const [own, other] = [await makeTeam(), await makeTeam()];
  const id = await openRecord(own);
  const before = await eventTypes(id);
  const told: string[] = [];
  const unfollow = followPresence(({ team, people }) => {
    if (team === own.id) told.push(people.map(({ name, place }) => `${name} at ${place}`).join(", "));
  });
  const say = async (place: string | null) =>
    announcePresence(own.engineer, { deploymentId: id, tab: TAB, place });
  await say("checklist");
  await vi.waitFor(() => expect(told).toHaveLength(1));
  await say("checklist");
  await say("item:cdn");
  await vi.waitFor(() => expect(told.at(-1)).toContain("item:cdn"));
  await say(null);
  await vi.waitFor(() => expect(told.at(-1)).toBe(""));
  unfollow();
  stop();
  expect(told).toEqual([`${own.engineer.name} at checklist`, `${own.engineer.name} at item:cdn`, ""]);
  expect(whoIsHere(id)).toEqual([]);
  expect(await eventTypes(id)).toEqual(before);
  await announcePresence(own.engineer, { deploymentId: id, tab: TAB, place: "checklist" });
  await announcePresence(own.lead, { deploymentId: id, tab: TAB, place: null });
  await announcePresence(own.sre, { deploymentId: id, tab: TAB, place: "history" });
  await vi.waitFor(() =>
    expect(whoIsHere(id).map(({ name }) => name)).toEqual([own.engineer.name, own.sre.name]),
  );
  for (let more = 0; more < 30; more += 1)
    await announcePresence(own.security, { deploymentId: id, tab: randomUUID(), place: "slo" });
  await announcePresence(own.product, { deploymentId: id, tab: TAB, place: "slo" });
  await vi.waitFor(() => expect(whoIsHere(id).at(-1)?.name).toBe(own.product.name));
  expect(whoIsHere(id)).toHaveLength(2 + 20 + 1);
  await expect(
    announcePresence(other.lead, { deploymentId: id, tab: TAB, place: "checklist" }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("whoever fans out hears of what waits in the outbox, and of no tick", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const heard: Heard[] = [];
  const stop = listen((one) => heard.push(one));
  const after = async (revision: number) =>
    vi.waitFor(() =>
      expect(heard).toContainEqual(
        expect.objectContaining({ notice: expect.objectContaining({ stream: id, last: revision }) }),
      ),
    );
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await after((await load(id)).revision);
  expect(heard).not.toContainEqual({ kind: "outbox" });
  await addComment(team.engineer, { deploymentId: id, item: null, text: "Ready?", mentions: [] });
  await after((await load(id)).revision);
  stop();
  expect(heard).toContainEqual({ kind: "outbox" });
});
