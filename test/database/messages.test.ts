import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { addComment } from "#lib/services/comments.ts";
import { deliverMessage } from "#lib/services/deliver-message.ts";
import { makeDigests } from "#lib/services/digests.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { chooseWay } from "#lib/services/notifications.ts";
import { disablePerson } from "#lib/services/people.ts";
import { changeReminders, remind } from "#lib/services/reminders.ts";
import { listNotifications } from "#lib/queries/list-notifications.ts";
import {
  emailOf,
  makePerson,
  makeTeam,
  openRecord,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { moveClock } from "#test/support/database.ts";
import { Mailbox } from "#test/support/mailbox.ts";

const HOUR = 3_600_000;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  process.env.COUNTERSIGN_SMTP_URL = mailbox.url;
  process.env.COUNTERSIGN_MAIL_FROM = "Countersign <countersign@example.com>";
});

afterAll(async () => {
  await mailbox.close();
});

async function waiting(person: Team["lead"]): Promise<readonly string[]> {
  await fanOut();
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM message_deliveries WHERE person_id = $1 AND delivered_at IS NULL AND dropped IS NULL ORDER BY made_at",
    [person.id],
  );
  return rows.map(({ id }) => id);
}

async function mailsTo(person: Team["lead"]) {
  const email = await emailOf(person);
  return mailbox.mails.filter(({ to }) => to === email);
}

test("a turn comes by mail, plain and as HTML, with a link to the very thing; again until it is taken", async () => {
  const team = await makeTeam();
  const id = await openRecord(team, { service: "payments <api>" });
  await toSignOff(team, id);
  const [message = ""] = await waiting(team.engineeringLead);
  mailbox.refuses = true;
  await expect(deliverMessage(message)).rejects.toThrow();
  mailbox.refuses = false;
  await deliverMessage(message);
  await deliverMessage(message);
  const mails = await mailsTo(team.engineeringLead);
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.id).toBe(`<${message}@localhost>`);
  expect(mail?.subject).toBe(
    "payments <api> 1.0.0 (production): It is your turn to sign as Engineering Lead.",
  );
  expect(mail?.text).toContain(`http://localhost:3000/deployments/${id}/sign-off`);
  expect(mail?.html).toContain(`href="http://localhost:3000/deployments/${id}/sign-off"`);
  expect(mail?.html).toContain("payments &#60;api&#62;");
  const { rows } = await pool().query("SELECT attempts, error FROM message_deliveries WHERE id = $1", [
    message,
  ]);
  expect(rows).toEqual([{ attempts: 2, error: null }]);
});

test("the queue carries each message in the transaction that makes it", async () => {
  const team = await makeTeam();
  await toSignOff(team, await openRecord(team));
  const ids = await waiting(team.engineeringLead);
  const { rows } = await pool().query<{ id: string }>(
    "SELECT data ->> 'id' AS id FROM jobs.job WHERE name = 'deliver-message' AND data ->> 'id' = ANY ($1)",
    [ids],
  );
  expect(rows).toEqual([{ id: ids[0] }]);
});

test("who names somebody again and again fills their list, and not their mailbox; others still reach them", async () => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  const { points } = LIMITS["mail-between"];
  const name = async (author: Team["lead"], ...people: readonly Team["lead"][]) =>
    addComment(author, { deploymentId, item: null, text: "Look!", mentions: people.map(({ id }) => id) });
  for (let index = 0; index < points + 3; index += 1) await name(team.engineer, team.sre);
  expect(await waiting(team.sre)).toHaveLength(points);
  const { notifications } = await listNotifications(team.sre, { limit: 100 });
  expect(notifications.filter(({ kind }) => kind === "mention")).toHaveLength(points + 3);
  await name(team.engineer, team.sre, team.product);
  await name(team.engineer2, team.sre);
  expect(await waiting(team.product)).toHaveLength(1);
  expect(await waiting(team.sre)).toHaveLength(points + 1);
});

test("nothing goes to an account that was closed meanwhile", async () => {
  const team = await makeTeam();
  await toSignOff(team, await openRecord(team));
  const [message = ""] = await waiting(team.engineeringLead);
  await disablePerson(await makePerson("admin", null), { personId: team.engineeringLead.id });
  await deliverMessage(message);
  expect(await mailsTo(team.engineeringLead)).toEqual([]);
  const { rows } = await pool().query("SELECT dropped FROM message_deliveries WHERE id = $1", [message]);
  expect(rows).toEqual([{ dropped: "the account is closed" }]);
});

test("what somebody wrote stands quoted in a mail, and reads like nothing of ours", async () => {
  const team = await makeTeam();
  const deploymentId = await openRecord(team);
  await chooseWay(team.sre, { kind: "mention", way: "mail" });
  const text = "Look.\n\nSecurity: it is your turn to sign.\rhttps://evil.example/\u2028Sign.";
  await addComment(team.engineer, { deploymentId, item: null, text, mentions: [team.sre.id] });
  await fanOut();
  for (const message of await waiting(team.sre)) await deliverMessage(message);
  const [mail] = await mailsTo(team.sre);
  expect(mail?.text).toContain(
    "> Look.\n> \n> Security: it is your turn to sign.\n> https://evil.example/\n> Sign.\n",
  );
  expect(mail?.html).toContain("<blockquote>Look.<br>");
});

test("the day's summary comes once, with all of the day before", async () => {
  const team = await makeTeam();
  await chooseWay(team.engineeringLead, { kind: "turn", way: "digest" });
  for (const service of ["first", "second"]) await toSignOff(team, await openRecord(team, { service }));
  expect(await waiting(team.engineeringLead)).toEqual([]);
  moveClock(24 * HOUR);
  await Promise.all([makeDigests(), makeDigests()]);
  const messages = await waiting(team.engineeringLead);
  expect(messages).toHaveLength(1);
  await deliverMessage(messages[0] ?? "");
  await makeDigests();
  expect(await waiting(team.engineeringLead)).toEqual([]);
  const [digest] = await mailsTo(team.engineeringLead);
  expect(digest?.subject).toContain(": 2 notifications");
  expect(digest?.text.indexOf("first")).toBeLessThan(digest?.text.indexOf("second") ?? 0);
  moveClock(0);
});

test("who is awaited is reminded once, then the leads are told, by the hours of the team; who signs is left alone", async () => {
  const team = await makeTeam();
  await changeReminders(team.lead, { teamId: team.id, remindAfterHours: 2, escalateAfterHours: null });
  const id = await openRecord(team);
  await toSignOff(team, id);
  const told = async (person: Team["lead"]) => {
    await remind();
    await fanOut();
    const { notifications } = await listNotifications(person, { limit: 100 });
    return notifications.map(({ sentence }) => sentence).toReversed();
  };
  moveClock(HOUR);
  expect(await told(team.engineeringLead)).toHaveLength(1);
  moveClock(3 * HOUR);
  await told(team.engineeringLead);
  expect(await told(team.engineeringLead)).toEqual([
    "It is your turn to sign as Engineering Lead.",
    "Your signature as Engineering Lead is still awaited.",
  ]);
  moveClock(48 * HOUR);
  expect(await told(team.lead)).toEqual([]);
  await changeReminders(team.lead, { teamId: team.id, remindAfterHours: 2, escalateAfterHours: 24 });
  await told(team.lead);
  expect(await told(team.lead)).toEqual(["Nobody has signed as Engineering Lead yet."]);
  await sign(id, team.engineeringLead, "engineering-lead");
  moveClock(49 * HOUR);
  expect(await told(team.engineeringLead)).toHaveLength(2);
  expect(await told(team.sre)).toEqual(["It is your turn to sign as DevOps/SRE."]);
  moveClock(0);
});
