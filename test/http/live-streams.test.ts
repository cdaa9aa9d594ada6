import { randomUUID } from "node:crypto";
import { beforeAll, expect, inject, test, vi } from "vitest";
import { ROLES } from "#lib/domain/roles.ts";
import { STREAMS_PER_PERSON } from "#lib/api/live.ts";
import { pool } from "#lib/db/pool.ts";
import { assignItems } from "#lib/services/assignments.ts";
import { addComment, deleteComment } from "#lib/services/comments.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { markNotifications } from "#lib/services/notifications.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { cookieOf } from "#test/support/action-client.ts";
import { tokenOf } from "#test/support/api-client.ts";
import { load, makePerson, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { readStream, type Received } from "#test/support/event-stream-client.ts";

let own: Team;
let other: Team;
let ownRecord: string;
let otherRecord: string;

beforeAll(async () => {
  [own, other] = [await makeTeam(), await makeTeam()];
  [ownRecord, otherRecord] = [await openRecord(own), await openRecord(other)];
});

const openStream = (query: string, headers: Record<string, string>) =>
  readStream(`${inject("app").url}/api/live${query}`, headers);

const TAB = "7ab00000-0000-4000-8000-000000000002";
const changes = (received: readonly Received[]) => received.filter(({ event }) => event === "change");

async function presence(cookie: string | null, deploymentId: string, headers: Record<string, string> = {}) {
  const { url } = inject("app");
  return fetch(`${url}/api/live/presence`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: url,
      ...(cookie === null ? {} : { cookie }),
      ...headers,
    },
    body: JSON.stringify({ deploymentId, tab: TAB, place: "checklist" }),
  });
}

test.each(ROLES)(
  "as %s of one team: its own record's stream and presence, and not another's",
  async (role) => {
    const cookie = await cookieOf(await makePerson(role, own.id));
    for (const [id, status] of [
      [ownRecord, 200],
      [otherRecord, 404],
      [randomUUID(), 404],
      ["not-an-id", 422],
    ] as const) {
      const stream = await openStream(`?deployment=${id}`, { cookie });
      expect(stream.status, `stream of ${id}`).toBe(status);
      stream.close();
      expect((await presence(cookie, id)).status, `presence on ${id}`).toBe(status);
    }
  },
);

test.each(["none", "forged", "expired", "revoked", "disabled", "a revoked token"])(
  "without a session (%s) there is no stream and no presence",
  async (fault) => {
    const person = await makePerson("engineer", own.id);
    const headers = await faultyHeaders(fault, person);
    for (const query of ["", `?deployment=${ownRecord}`]) {
      const stream = await openStream(query, headers);
      expect(stream.status, fault).toBe(401);
    }
    const answer = await presence(headers["cookie"] ?? null, ownRecord, headers);
    expect(answer.status, fault).toBe(401);
  },
);

async function faultyHeaders(
  fault: string,
  person: Awaited<ReturnType<typeof makePerson>>,
): Promise<Record<string, string>> {
  if (fault === "none") return {};
  if (fault === "forged") return { cookie: "countersign.session=forged" };
  if (fault === "a revoked token") {
    const token = await tokenOf(person, "read");
    await pool().query("UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1", [person.id]);
    return { authorization: `Bearer ${token}` };
  }
  const cookie = await cookieOf(person);
  await spoil(fault, person.id);
  return { cookie };
}

async function spoil(fault: string, personId: string): Promise<void> {
  if (fault === "disabled")
    await pool().query("UPDATE users SET disabled_at = now() WHERE id = $1", [personId]);
  else if (fault === "expired")
    await pool().query(
      "UPDATE sessions SET expires_at = created_at + interval '1 millisecond' WHERE user_id = $1",
      [personId],
    );
  else if (fault === "roles") await pool().query("DELETE FROM role_grants WHERE user_id = $1", [personId]);
  else await pool().query("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", [personId]);
}

test.each([
  ["revoked", "signed-out"],
  ["disabled", "signed-out"],
  ["roles", "roles-changed"],
])("a stream ends within two seconds when the session or role is: %s", async (fault, reason) => {
  const person = await makePerson("engineer", own.id);
  const cookie = await cookieOf(person);
  const streams = await Promise.all(
    ["", `?deployment=${ownRecord}`].map((query) => openStream(query, { cookie })),
  );
  await Promise.all(streams.map((stream) => stream.until(({ event }) => event === "ready")));
  const since = Date.now();
  await spoil(fault, person.id);
  for (const stream of streams) {
    const { data } = await stream.until(({ event }) => event === "ended");
    expect(data).toEqual({ reason });
    await stream.ended;
  }
  expect(Date.now() - since).toBeLessThan(2_000);
});

test("a presence from a foreign page is refused", async () => {
  const cookie = await cookieOf(own.lead);
  expect((await presence(cookie, ownRecord, { origin: "https://evil.example" })).status).toBe(403);
});

test("the stream of all records tells of one's own team's and no other's", async () => {
  const stream = await openStream("", { cookie: await cookieOf(own.auditor) });
  await stream.until(({ event }) => event === "ready");
  await settleItem(other.engineer, otherRecord, { item: "mtls-enabled", to: "done" });
  await settleItem(own.engineer, ownRecord, { item: "mtls-enabled", to: "done" });
  const heard = await stream.until(({ event, data }) => event === "change" && data.deployment === ownRecord);
  expect(heard.data).toMatchObject({ type: "item.checked", item: "mtls-enabled" });
  stream.close();
  expect(changes(stream.received).map(({ data }) => data.deployment)).not.toContain(otherRecord);
});

test("a record's stream catches up from the event seen last: nothing missed, nothing doubled", async () => {
  const id = await openRecord(own);
  const cookie = await cookieOf(own.security);
  const seen: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const after = seen.at(-1) ?? 0;
    const stream =
      round % 2 === 0
        ? await openStream(`?deployment=${id}`, { cookie, "last-event-id": String(after) })
        : await openStream(`?deployment=${id}&after=${after}`, { cookie });
    for (const to of ["done", "open"] as const)
      await settleItem(own.engineer, id, { item: "mtls-enabled", to });
    const { revision } = await load(id);
    await stream.until(({ id: at }) => at === String(revision));
    stream.close();
    seen.push(...changes(stream.received).map(({ id: at }) => Number(at)));
    await settleItem(own.engineer, id, { item: "mtls-enabled", to: "done" });
  }
  expect(seen).toEqual(seen.map((_seq, index) => index + 1));
});

test("one person has so many streams and no more; a closed one makes room", async () => {
  const cookie = await cookieOf(own.product);
  const streams = await Promise.all(
    Array.from({ length: STREAMS_PER_PERSON * 4 + 1 }, async () => openStream("", { cookie })),
  );
  expect(streams.some(({ status }) => status === 429)).toBe(true);
  for (const stream of streams) stream.close();
  await vi.waitFor(async () => {
    const stream = await openStream("", { cookie });
    stream.close();
    expect(stream.status).toBe(200);
  });
});

test("a token follows a record too, within its scopes", async () => {
  const token = await tokenOf(own.engineer, "read");
  const stream = await openStream(`?deployment=${ownRecord}`, { authorization: `Bearer ${token}` });
  expect(stream.status).toBe(200);
  stream.close();
});

test("what somebody has not read is counted on their streams, as it comes and as they read it, and on nobody else's", async () => {
  const team = await makeTeam();
  const mine = await openStream("", { cookie: await cookieOf(team.engineer2) });
  const another = await openStream("", { cookie: await cookieOf(team.engineer) });
  const counted = (unread: number) => (message: Received) =>
    message.event === "unread" && message.data["unread"] === unread;
  await mine.until(counted(0));
  const deploymentId = await openRecord(team);
  await assignItems(team.lead, { deploymentId, items: ["cdn"], ownerId: team.engineer2.id });
  await fanOut();
  await mine.until(counted(1));
  await markNotifications(team.engineer2, { ids: null, read: true });
  await vi.waitFor(() => expect(mine.received.filter(counted(0)).length).toBeGreaterThan(1), 5_000);
  expect(another.received.filter(({ event }) => event === "unread").map(({ data }) => data)).toEqual([
    { unread: 0 },
  ]);
  mine.close();
  another.close();
});

test("a comment that is deleted is counted no longer, at once", async () => {
  const team = await makeTeam();
  const stream = await openStream("", { cookie: await cookieOf(team.engineer2) });
  const last = () => stream.received.findLast(({ event }) => event === "unread")?.data["unread"];
  const deploymentId = await openRecord(team);
  const mentions = [team.engineer2.id];
  const commentId = await addComment(team.lead, { deploymentId, item: null, text: "@You", mentions });
  await fanOut();
  await vi.waitFor(() => expect(last()).toBe(1), 5_000);
  await deleteComment(team.lead, { deploymentId, commentId });
  await vi.waitFor(() => expect(last()).toBe(0), 5_000);
  stream.close();
});
