import { beforeAll, describe, expect, test } from "vitest";
import { exportDeploymentEventsEndpoint } from "#lib/api/endpoints/exports.ts";
import { openLiveStream } from "#lib/api/live.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { pool } from "#lib/db/pool.ts";
import { countAttempt, LIMITS } from "#lib/services/attempt-limits.ts";
import { createSession } from "#lib/services/sessions.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { askGate } from "#lib/services/gates.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { deleteView, renameView, saveView } from "#lib/services/saved-views.ts";
import { eventsAfter } from "#lib/queries/events-after.ts";
import { exportDeploymentEvents, exportEvents } from "#lib/queries/export-events.ts";
import { exportRecord } from "#lib/queries/export-record.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { listAccesses } from "#lib/queries/list-accesses.ts";
import { getDeploymentEvent, listDeploymentEvents, searchEvents } from "#lib/queries/list-events.ts";
import { listSavedViews } from "#lib/queries/saved-views.ts";
import { makePerson, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";
import { moveClock } from "#test/support/database.ts";

let team: Team;
let others: Team;
let id: string;
let foreign: string;
let auditor: Actor;

beforeAll(async () => {
  [team, others] = [await makeTeam(), await makeTeam()];
  auditor = await makePerson("auditor", null);
  id = await openRecord(team, { service: "billing-gateway", version: "v2.14.0-rc.1", commit: "3e9c2ab" });
  foreign = await openRecord(others, { service: "foreign-thing", version: "v9" });
  const reason = "Müller’s printer can't; 100% of “quotes” & 日本";
  await settleItem(team.lead, id, { item: "bundle-sizes", to: "not-applicable", reason });
  await addEvidence(team.engineer, {
    deploymentId: id,
    item: "cdn",
    content: { kind: "link", url: "https://ci.example.com/build/77?x=1", title: "Nightly build" },
  });
});

const find = async (actor: Actor, text: string, more: object = {}) =>
  (await searchEvents(actor, { text, limit: 50, ...more })).events.map(
    ({ seq, stream }) => `${stream}:${seq}`,
  );

describe("search by text", () => {
  test.each([
    ["a service", "billing-gateway", 1],
    ["its beginning", "billing-ga", 1],
    ["a version", "v2.14.0", 1],
    ["a commit that reads like a number", "3e9c2ab", 1],
    ["words of a reason, in any order", "printer müller", 2],
    ["a word of another script", "日本", 2],
    ["a percentage, whose sign parts words", "100%", 2],
    ["an address", "ci.example.com/build/77", 3],
    ["a title", "nightly", 3],
  ])("finds %s", async (_what, text, seq) => {
    expect(await find(team.lead, text)).toEqual([`${id}:${seq}`]);
  });

  test("finds whoever did it, with the other filters", async () => {
    expect(await find(team.lead, team.engineer.name, { type: "evidence." })).toEqual([`${id}:3`]);
    expect(await find(team.lead, "nightly", { service: "another" })).toEqual([]);
  });

  test("finds a record by its id, and an event by its hash or the beginning of it", async () => {
    expect(await find(team.lead, id)).toHaveLength(3);
    const { rows } = await pool().query<{ hash: string }>(
      "SELECT hash FROM events WHERE stream_id = $1 AND seq = 2",
      [id],
    );
    const hash = rows[0]?.hash ?? "";
    expect(await find(team.lead, hash)).toContain(`${id}:2`);
    expect(await find(team.lead, hash.slice(0, 16))).toContain(`${id}:2`);
  });

  test.each(["'", "\\", "&|!()<->:*", "a:* | b", "%", "' OR 1=1 --", "<script>", "\u202E", "''''", ":*"])(
    "takes nothing for syntax: %s",
    async (text) => {
      await expect(find(team.lead, text)).resolves.toBeInstanceOf(Array);
    },
  );

  test("shows nothing of another team, by text, id or hash", async () => {
    expect(await find(team.lead, "foreign-thing")).toEqual([]);
    expect(await find(team.lead, foreign)).toEqual([]);
    expect(await find(auditor, "foreign-thing")).toEqual([`${foreign}:1`]);
    expect(await refusalOf(searchEvents(team.engineer, { text: "x", limit: 1 }))).toBe("forbidden");
  });
});

describe("exports", () => {
  const all = async (pages: AsyncIterable<readonly { stream: string; seq: number }[]>) => {
    const found: string[] = [];
    for await (const page of pages) found.push(...page.map(({ stream, seq }) => `${stream}:${seq}`));
    return found;
  };

  test("hold what the search shows, oldest first, each once", async () => {
    const { events } = await searchEvents(team.lead, { limit: 100 });
    expect(await all(await exportEvents(team.lead, {}, "csv"))).toEqual(
      events.map(({ stream, seq }) => `${stream}:${seq}`).toReversed(),
    );
    const one = await all(await exportDeploymentEvents(team.engineer, id, { type: "evidence." }, "csv"));
    expect(one).toEqual([`${id}:3`]);
  });

  test("hold nothing that came while somebody read them slowly", async () => {
    const their = await makeTeam();
    const own = await openRecord(their);
    const take = async (to?: string) => exportDeploymentEvents(auditor, own, { to }, "csv");
    const taken = [await take(), await take("2199-01-01T00:00:00.000Z")];
    moveClock(2 * 60_000);
    await settleItem(their.engineer, own, { item: "cdn", to: "done" });
    moveClock(0);
    for (const pages of taken) expect(await all(pages)).toEqual([`${own}:1`]);
  });

  test("are for whoever may read: own team, other team, auditors", async () => {
    expect(await refusalOf(exportEvents(team.engineer, {}, "csv"))).toBe("forbidden");
    expect(await refusalOf(exportDeploymentEvents(team.engineer, foreign, {}, "csv"))).toBe("not-found");
    expect(await refusalOf(exportRecord(team.engineer, foreign, "pdf"))).toBe("not-found");
    expect((await exportRecord(team.engineer, id, "pdf")).events).toHaveLength(3);
    expect((await exportRecord(auditor, foreign, "pdf")).headHash).toMatch(/^[0-9a-f]{64}$/);
    const token = { id: "t", name: "t", scopes: ["evidence" as const] };
    const pipeline: Actor = { ...team.lead, kind: "token", token };
    expect(await refusalOf(exportEvents(pipeline, {}, "csv"))).toBe("forbidden");
  });
});

describe("the access log", () => {
  const logged = async (reader: Actor, who: Actor) =>
    (await listAccesses(reader, { limit: 200 })).accesses
      .filter((access) => access.who === who.name)
      .map(({ act, subject }) => `${act} ${subject}`);

  test("has what an auditor opened, searched and exported, once within ten minutes", async () => {
    const person = await makePerson("auditor", null);
    for (let look = 0; look < 3; look += 1) {
      await getDeployment(person, id);
      await listDeploymentEvents(person, id, { limit: 5 });
      expect((await getDeploymentEvent(person, id, 1)).type).toBe("deployment.opened");
      await searchEvents(person, { text: "nightly", limit: 5 });
    }
    await exportRecord(person, id, "pdf");
    const expected = [
      "exported record as pdf",
      "searched text “nightly”",
      "opened history",
      "opened event 1",
      "opened record",
    ];
    expect((await logged(person, person)).toSorted()).toEqual(expected.toSorted());
    moveClock(11 * 60_000);
    await getDeployment(person, id);
    moveClock(0);
    expect(await logged(person, person)).toHaveLength(6);
  });

  test("tells what was sought from what is none of it", async () => {
    const person = await makePerson("auditor", null);
    await searchEvents(person, { text: "a”, service “b", service: "payments-api", limit: 5 });
    expect(await logged(person, person)).toEqual(['searched service “payments-api”, text “a", service "b”']);
  });

  test("has what an auditor heard of a record's past on the live stream, or of a gate", async () => {
    const person = await makePerson("auditor", null);
    expect(await eventsAfter(person, id, 0)).toHaveLength(3);
    await eventsAfter(team.product, id, 0);
    await askGate(person, { deploymentId: id, phase: "deployment" });
    expect(await logged(person, person)).toEqual(["opened gate deployment", "opened history"]);
    expect(await logged(person, team.product)).toEqual([]);
  });

  const requestOf = async ({ id: person }: Actor, path: string, signal?: AbortSignal) => {
    const session = await createSession(person, "password", { address: "127.0.0.1", agent: null });
    const headers = { cookie: `${sessionCookie().name}=${session}` };
    return new Request(`http://localhost${path}`, signal === undefined ? { headers } : { headers, signal });
  };

  test("has that an auditor listens, to all records or to one, and not that a member does", async () => {
    const person = await makePerson("auditor", null);
    const closed = new AbortController();
    for (const who of [person, team.product])
      for (const path of ["/api/live", `/api/live?deployment=${id}`]) {
        const { status } = await openLiveStream(await requestOf(who, path, closed.signal));
        expect(status).toBe(200);
      }
    closed.abort();
    expect(await logged(person, person)).toEqual(["opened live stream", "opened live stream"]);
    expect(await logged(person, team.product)).toEqual([]);
  });

  test("is filled by nobody's exports", async () => {
    for (let index = 0; index < LIMITS.export.points; index += 1)
      await countAttempt("export", team.engineer2.id);
    const path = `/api/v1/deployments/${id}/events/export?format=csv&text=another`;
    const answer = await exportDeploymentEventsEndpoint.respond(await requestOf(team.engineer2, path), {
      id,
    });
    expect(answer.status).toBe(429);
    expect(await logged(auditor, team.engineer2)).toEqual([]);
  });

  test("has no looks of members, but their exports", async () => {
    await getDeployment(team.lead, id);
    await searchEvents(team.lead, { limit: 5 });
    const before = await logged(auditor, team.security);
    await getDeployment(team.security, id);
    await exportDeploymentEvents(team.security, id, {}, "jsonl");
    expect(before).toEqual([]);
    expect(await logged(auditor, team.security)).toEqual(["exported history as jsonl: everything"]);
  });

  test("is for auditors and admins, of their teams, and nobody rewrites it", async () => {
    await exportRecord(others.lead, foreign, "pdf");
    expect(await refusalOf(listAccesses(team.lead, { limit: 1 }))).toBe("forbidden");
    const seen = (await listAccesses(team.auditor, { limit: 200 })).accesses;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ deployment }) => deployment?.id === id)).toBe(true);
    await expect(pool().query("DELETE FROM access_log")).rejects.toThrow("permission denied");
    await expect(pool().query("UPDATE access_log SET act = 'opened'")).rejects.toThrow("permission denied");
  });
});

describe("saved views", () => {
  const approvals = { page: "history", name: "Approvals", query: "type=approval." } as const;

  test("are a person's own: kept, renamed, deleted", async () => {
    const view = await saveView(team.lead, approvals);
    expect(await refusalOf(saveView(team.lead, { ...approvals, query: "x=y" }))).toBe("invalid-input");
    expect(await refusalOf(renameView(team.auditor, { viewId: view, name: "Mine" }))).toBe("not-found");
    expect(await refusalOf(deleteView(team.auditor, { viewId: view }))).toBe("not-found");
    expect(await listSavedViews(team.auditor, "history")).toEqual([]);
    await renameView(team.lead, { viewId: view, name: "All approvals" });
    expect(await listSavedViews(team.lead, "history")).toEqual([
      { id: view, name: "All approvals", query: "type=approval." },
    ]);
    await deleteView(team.lead, { viewId: view });
    expect(await listSavedViews(team.lead, "history")).toEqual([]);
    expect(await refusalOf(saveView(team.engineer, approvals))).toBe("forbidden");
  });

  test("belong to one page: the board's are everybody's to keep, and take no name from the history's", async () => {
    const open = { page: "board", name: "Open", query: "status=open" } as const;
    const view = await saveView(team.engineer, open);
    expect(await listSavedViews(team.engineer, "board")).toEqual([
      { id: view, name: "Open", query: "status=open" },
    ]);
    expect(await listSavedViews(team.engineer, "history")).toEqual([]);
    expect(await refusalOf(saveView(team.engineer, open))).toBe("invalid-input");
    await saveView(team.lead, { ...open, page: "history" });
    await saveView(team.lead, open);
    await renameView(team.engineer, { viewId: view, name: "Under way" });
    await deleteView(team.engineer, { viewId: view });
    expect(await listSavedViews(team.engineer, "board")).toEqual([]);
  });
});
