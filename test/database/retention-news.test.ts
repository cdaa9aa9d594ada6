import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countUnread, listNotifications } from "#lib/queries/list-notifications.ts";
import { deliverMessage } from "#lib/services/deliver-message.ts";
import { makeDigests } from "#lib/services/digests.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { chooseWay } from "#lib/services/notifications.ts";
import { setRetention } from "#lib/services/retention.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { addWebhook } from "#lib/services/webhooks.ts";
import { moveClock } from "#test/support/database.ts";
import { emailOf, inSession, makePerson, makeTeam, type Team } from "#test/support/factories.ts";
import { Mailbox } from "#test/support/mailbox.ts";

type Person = Team["lead"];

const DAY = 86_400_000;
let mailbox: Mailbox;
let team: Team;
let admin: Person;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  process.env.COUNTERSIGN_SMTP_URL = mailbox.url;
  process.env.COUNTERSIGN_MAIL_FROM = "Countersign <countersign@example.com>";
  team = await makeTeam();
  admin = await makePerson("admin", null);
});

afterAll(async () => {
  await mailbox.close();
});

async function retain(days: number | null): Promise<void> {
  await setRetention(await inSession(admin), { days });
  await fanOut();
}

async function toldTo(person: Person) {
  return (await listNotifications(person, { limit: 100 })).notifications;
}

async function deliverTo(person: Person) {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM message_deliveries WHERE person_id = $1 ORDER BY made_at",
    [person.id],
  );
  for (const { id } of rows) await deliverMessage(id);
  const email = await emailOf(person);
  return mailbox.mails.filter(({ to }) => to === email);
}

test("whoever sees the retention hears of another span once; not who changed it, nor anybody else", async () => {
  const [auditor, secondAdmin] = [await makePerson("auditor", null), await makePerson("admin", null)];
  const others = [
    await makePerson("engineer", null),
    await makePerson("admin", team.id),
    team.auditor,
    team.lead,
  ];
  await retain(3650);
  await retain(3650);
  await fanOut();
  for (const person of [auditor, secondAdmin])
    expect(await toldTo(person)).toMatchObject([
      {
        kind: "retention",
        title: "Retention",
        sentence: `${admin.name} changed the retention span from ‘keep everything’ to 3650 days.`,
        remark: expect.stringMatching(/^Counts from .+ UTC\. A legal hold set by then keeps a record\.$/),
        href: "/retention",
      },
    ]);
  expect(await countUnread(auditor)).toBe(1);
  for (const person of [admin, ...others]) {
    expect(await toldTo(person)).toEqual([]);
    expect(await countUnread(person)).toBe(0);
    expect(await deliverTo(person)).toEqual([]);
  }
});

test("it comes by mail, with the way to the retention, and by no webhook", async () => {
  await retain(3650);
  const auditor = await makePerson("auditor", null);
  const hook = { teamId: team.id, kind: "slack" as const, name: "all", url: "https://hooks.example.com/1" };
  await addWebhook(await inSession(team.lead), { ...hook, news: ["rollback"] });
  await prisma().teamWebhook.updateMany({ data: { news: ["retention"] } });
  await retain(90);
  await retain(4000);
  const sentences = [
    `Retention: ${admin.name} changed the retention span from 3650 days to 90 days.`,
    `Retention: ${admin.name} changed the retention span from 90 days to 4000 days.`,
  ];
  const mails = await deliverTo(auditor);
  expect(mails.map(({ subject }) => subject)).toEqual(sentences);
  expect(mails[0]?.text).toContain("http://localhost:3000/retention\n");
  expect(mails[0]?.html).toContain('href="http://localhost:3000/retention"');
  expect(mails.map(({ text }) => text.includes("A legal hold set by then"))).toEqual([true, false]);
  expect(await prisma().messageDelivery.count({ where: { webhookId: { not: null } } })).toBe(0);
});

test("each chooses how; in the day's summary it stands as well", async () => {
  await retain(4000);
  const [quiet, daily] = [await makePerson("auditor", null), await makePerson("auditor", null)];
  await chooseWay(quiet, { kind: "retention", way: "off" });
  await chooseWay(daily, { kind: "retention", way: "digest" });
  await retain(365);
  expect([await toldTo(quiet), await deliverTo(quiet), await deliverTo(daily)]).toEqual([[], [], []]);
  moveClock(DAY);
  await makeDigests();
  const [digest] = await deliverTo(daily);
  moveClock(0);
  expect(digest?.subject).toContain(": 1 notification");
  expect(digest?.text).toContain(`${admin.name} changed the retention span from 4000 days to 365 days.`);
});

test("whoever lost the role sees it no longer, and gets no mail of it", async () => {
  const auditor = await makePerson("auditor", null);
  await retain(400);
  const [person, all] = [{ personId: auditor.id }, { teamId: null }];
  await grantRole(await inSession(admin), { ...person, role: "engineer", ...all });
  await revokeRole(admin, { ...person, role: "auditor", ...all });
  const now = { ...auditor, grants: [{ role: "engineer" as const, teamId: null }] };
  expect([await toldTo(now), await countUnread(now), await deliverTo(auditor)]).toEqual([[], 0, []]);
});
