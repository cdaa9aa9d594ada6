import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { notifiedTeams, viewTeamNotifications } from "#lib/queries/team-notifications.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { addComment } from "#lib/services/comments.ts";
import { deliverMessage } from "#lib/services/deliver-message.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { changeReminders } from "#lib/services/reminders.ts";
import { testWebhook } from "#lib/services/test-webhook.ts";
import { addWebhook, changeWebhook, removeWebhook, renewWebhookSecret } from "#lib/services/webhooks.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import {
  inSession,
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

type Request = { readonly headers: IncomingHttpHeaders; readonly body: string };

const received: Request[] = [];
let answers = 204;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answers, { location: "http://127.0.0.1:1/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/secret`;
});

afterAll(() => {
  server.close();
});

async function add(team: Team, kind: "slack" | "teams" | "signed"): Promise<{ id: string; secret: string }> {
  const news = ["turn" as const];
  const secret = await addWebhook(await inSession(team.lead), {
    teamId: team.id,
    kind,
    name: kind,
    url,
    news,
  });
  const { id } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId: team.id, name: kind } });
  return { id, secret: secret ?? "" };
}

async function deliverAll(team: Team): Promise<readonly string[]> {
  await fanOut();
  const { rows } = await pool().query<{ id: string }>(
    `SELECT m.id FROM message_deliveries m JOIN team_webhooks w ON w.id = m.webhook_id
      WHERE w.team_id = $1 AND m.delivered_at IS NULL AND m.dropped IS NULL ORDER BY w.created_at`,
    [team.id],
  );
  received.length = 0;
  for (const { id } of rows) await deliverMessage(id);
  return rows.map(({ id }) => id);
}

// The specification's own rule, written down a second time.
function isSigned({ headers, body }: Request, secret: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const text = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
}

test("each kind gets its form; the signed one is signed after the specification", async () => {
  const team = await makeTeam();
  await add(team, "slack");
  await add(team, "teams");
  const { secret } = await add(team, "signed");
  const id = await openRecord(team, { service: "pay <all> & *go* \\[x]" });
  await toSignOff(team, id);
  const ids = await deliverAll(team);
  expect(received.map(({ headers }) => headers["webhook-id"])).toEqual(ids.map((each) => `msg_${each}`));
  const [slack, teams, signed] = received;
  expect(JSON.parse(slack?.body ?? "")).toEqual({
    text: `*pay &lt;all&gt; &amp; *go* \\[x] 1.0.0 (production)*\nThe sign-off waits for Engineering Lead.\n<http://localhost:3000/deployments/${id}/sign-off|Open in Countersign>`,
  });
  const [card] = JSON.parse(teams?.body ?? "").attachments;
  expect(card.contentType).toBe("application/vnd.microsoft.card.adaptive");
  expect(card.content.body[0].text).toBe("pay <all> & \\*go\\* \\\\\\[x\\] 1.0.0 \\(production\\)");
  expect(card.content.actions[0].url).toBe(`http://localhost:3000/deployments/${id}/sign-off`);
  const body = JSON.parse(signed?.body ?? "");
  expect(body.type).toBe("sign-off.turn");
  expect(body.data).toMatchObject({
    deployment: { id, version: "1.0.0", environment: "production" },
    role: "engineering-lead",
    sentence: "The sign-off waits for Engineering Lead.",
    url: `http://localhost:3000/deployments/${id}/sign-off`,
  });
  expect(signed === undefined || isSigned(signed, secret)).toBe(true);
  expect(slack?.headers["webhook-signature"]).toBeUndefined();
  const { deliveries } = await viewTeamNotifications(team.lead, team.id);
  expect(deliveries.map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
});

test("a receiver that refuses is asked again under the same id, and the log says why", async () => {
  const team = await makeTeam();
  const { secret } = await add(team, "signed");
  await toSignOff(team, await openRecord(team));
  answers = 503;
  await expect(deliverAll(team)).rejects.toThrow(/answers 503/);
  const [first] = received;
  const failing = await viewTeamNotifications(team.lead, team.id);
  expect(failing.deliveries[0]).toMatchObject({ state: "failing", attempts: 1 });
  expect(failing.deliveries[0]?.why).toMatch(/^127\.0\.0\.1:\d+ answers 503$/);
  // A redirect could lead anywhere: it is an answer like any other that is no yes.
  answers = 307;
  await expect(deliverAll(team)).rejects.toThrow(/answers 307/);
  answers = 204;
  await deliverAll(team);
  expect(received[0]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(received[0] !== undefined && isSigned(received[0], secret)).toBe(true);
  expect((await viewTeamNotifications(team.lead, team.id)).deliveries[0]).toMatchObject({
    state: "delivered",
    attempts: 3,
  });
});

test("a test arrives at once, or says why not; private addresses need the administrator's leave", async () => {
  const team = await makeTeam();
  const { id } = await add(team, "slack");
  received.length = 0;
  await testWebhook(team.lead, { webhookId: id });
  expect(received).toHaveLength(1);
  const elsewhere = {
    webhookId: id,
    name: "inside",
    news: ["turn" as const],
    url: "http://169.254.169.254/latest",
  };
  await changeWebhook(await inSession(team.lead), elsewhere);
  await expect(testWebhook(team.lead, { webhookId: id })).rejects.toThrow(/private address/);
  expect(
    (await viewTeamNotifications(team.lead, team.id)).deliveries.map(({ about, state }) => [about, state]),
  ).toEqual([
    ["Test", "failing"],
    ["Test", "delivered"],
  ]);
});

test("a new key ends the one before; a removed webhook gets nothing more; nothing secret is shown or kept open", async () => {
  const team = await makeTeam();
  const { id, secret } = await add(team, "signed");
  const renewed = await renewWebhookSecret(await inSession(team.lead), { webhookId: id });
  expect(renewed).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await toSignOff(team, await openRecord(team));
  await deliverAll(team);
  expect(received.map((request) => [isSigned(request, secret), isSigned(request, renewed)])).toEqual([
    [false, true],
  ]);
  await toSignOff(team, await openRecord(team));
  await fanOut();
  await removeWebhook(team.lead, { webhookId: id });
  await deliverAll(team);
  expect(received).toEqual([]);
  expect(await refusalOf(testWebhook(team.lead, { webhookId: id }))).toBe("not-found");
  const { rows } = await pool().query<{ row: string }>("SELECT w::text AS row FROM team_webhooks w");
  const { rows: events } = await pool().query<{ row: string }>("SELECT body AS row FROM events");
  const { rows: removed } = await pool().query(
    "SELECT sealed_url, sealed_secret FROM team_webhooks WHERE id = $1",
    [id],
  );
  expect(removed).toEqual([{ sealed_url: "", sealed_secret: "" }]);
  for (const { row } of [...rows, ...events]) {
    expect(row).not.toContain("/services/secret");
    expect(row).not.toContain(renewed);
  }
  expect((await verifyHistory()).flaws).toEqual([]);
});

test("a team tests its webhooks six times a minute, however many it has", async () => {
  const team = await makeTeam();
  const hooks = [await add(team, "slack"), await add(team, "teams")];
  const answered = [];
  for (let round = 0; round < 7; round += 1)
    answered.push(await refusalOf(testWebhook(team.lead, { webhookId: hooks[round % 2]?.id ?? "" })));
  expect(answered).toEqual([null, null, null, null, null, null, "rate-limited"]);
});

test("who names others again and again reaches the team's channels so often, and not at will", async () => {
  const team = await makeTeam();
  const { id } = await add(team, "slack");
  await changeWebhook(await inSession(team.lead), { webhookId: id, name: "slack", news: ["mention"] });
  const deploymentId = await openRecord(team);
  const { points } = LIMITS["channel-by-one"];
  const name = async (author: Team["lead"]) =>
    addComment(author, { deploymentId, item: null, text: "Look!", mentions: [team.product.id] });
  for (let index = 0; index < points + 3; index += 1) await name(team.engineer);
  expect(await deliverAll(team)).toHaveLength(points);
  await name(team.sre);
  expect(await deliverAll(team)).toHaveLength(1);
});

test("a lead of the team or an admin looks after them, and nobody else", async () => {
  const team = await makeTeam();
  const other = await makeTeam();
  const admin = await makePerson("admin", null);
  const { id } = await add(team, "slack");
  const hours = { teamId: team.id, remindAfterHours: 1, escalateAfterHours: 2 };
  expect(await refusalOf(changeReminders(team.engineer, hours))).toBe("forbidden");
  expect(await refusalOf(changeReminders(other.lead, hours))).toBe("not-found");
  expect(await refusalOf(removeWebhook(other.lead, { webhookId: id }))).toBe("not-found");
  expect(await refusalOf(testWebhook(team.auditor, { webhookId: id }))).toBe("forbidden");
  expect(await refusalOf(viewTeamNotifications(other.lead, team.id))).toBe("not-found");
  expect(await notifiedTeams(team.engineer)).toEqual([]);
  expect(await notifiedTeams(team.lead)).toEqual([{ id: team.id, name: team.name }]);
  await changeReminders(admin, hours);
  await removeWebhook(admin, { webhookId: id });
  expect(await refusalOf(renewWebhookSecret(admin, { webhookId: id }))).toBe("not-found");
});

test("two at once stay within what a team may have", async () => {
  const team = await makeTeam();
  const [one, another] = [
    await inSession(team.lead),
    await inSession(await makePerson("team-lead", team.id)),
  ];
  const all = await Promise.all(
    Array.from({ length: 22 }, async (_none, index) =>
      refusalOf(
        addWebhook(index % 2 === 0 ? one : another, {
          teamId: team.id,
          kind: "slack",
          name: "a",
          url,
          news: ["turn"],
        }),
      ),
    ),
  );
  expect(all.filter((code) => code === null)).toHaveLength(20);
  expect(all.filter((code) => code === "conflict")).toHaveLength(2);
});
