import type { PoolClient } from "pg";
import { addresseesOf, concernsTeam } from "#lib/domain/addressees.ts";
import { NOTIFICATION_KINDS, type NotificationKind } from "#lib/domain/notifications.ts";
import { newsOf, type Telling } from "#lib/domain/telling.ts";
import { now } from "#lib/clock.ts";
import { askToTellAgain, sendMessages } from "#lib/db/message-queue.ts";
import {
  audienceOf,
  makeMail,
  notify,
  putAside,
  settle,
  takePutAside,
  takeWaiting,
  waysOf,
} from "#lib/db/outbox.ts";
import type { Told } from "#lib/db/tellings.ts";
import { inSavepoint, inTransactionUnder, limitStatements } from "#lib/db/transaction.ts";
import { makeWebhookMessages } from "#lib/db/webhooks.ts";
import { isWithinLimitHere } from "./attempt-limits.ts";
import { sendsMail } from "./mail.ts";

const AT_ONCE = 50;
/** The longest that a statement about one row keeps the others waiting. */
const TELLING_MS = 5_000;

/**
 * Tells everybody concerned of what waits in the outbox: in the app at once, outside by a message
 * that the queue carries. Each row is settled in the transaction that tells of it, so none is told
 * of twice, and none is lost with a worker.
 */
export async function fanOut(): Promise<void> {
  for (;;) {
    const told = await inTransactionUnder("fan-out", async (client) => {
      const waiting = await takeWaiting(client, AT_ONCE);
      await limitStatements(client, TELLING_MS);
      for (const row of waiting) await tellOrPutAside(client, row);
      return waiting.length;
    });
    if (told < AT_ONCE) return;
  }
}

/** Tells of one row that was put aside. Rejects when that fails once more, so that the queue tries again. */
export async function tellAgain(outboxId: string): Promise<void> {
  await inTransactionUnder(`fan-out ${outboxId}`, async (client) => {
    const told = await takePutAside(client, outboxId);
    if (told !== null) await fanOutOne(client, told);
  });
}

// One that fails, or takes long, is told by a job of its own, which says why: the others do not wait for it.
async function tellOrPutAside(client: PoolClient, told: Told): Promise<void> {
  try {
    await inSavepoint(client, async () => fanOutOne(client, told));
  } catch {
    await putAside(client, told, now());
    await askToTellAgain(client, told.outboxId);
  }
}

async function fanOutOne(client: PoolClient, told: Told): Promise<void> {
  const at = now();
  const { telling } = told;
  const kind = telling === null ? null : newsOf(telling);
  if (telling !== null && kind !== null) {
    const audience = await audienceOf(client, told, at);
    const people = addresseesOf(telling, audience);
    const mailed = await tellPeople(client, told, kind, people);
    const mails = await makeMail(
      client,
      told.outboxId,
      await withoutFlood(client, telling, kind, mailed),
      at,
    );
    await sendMessages(client, mails, "mail");
    if (told.record !== null && concernsTeam(telling, audience))
      await tellChannels(client, told.outboxId, told.record.teamId, telling, kind);
  }
  await settle(client, told, at);
}

/** Tells these people in the app, and answers with those who want a mail besides. */
async function tellPeople(
  client: PoolClient,
  told: Told,
  kind: NotificationKind,
  people: readonly string[],
): Promise<readonly string[]> {
  const chosen = await waysOf(client, kind, people);
  const ways = people.map((id) => ({ id, way: chosen.get(id) ?? NOTIFICATION_KINDS[kind].usual }));
  const reached = ways.filter(({ way }) => way !== "off");
  const notified = reached.map(({ id, way }) => ({ personId: id, awaitsDigest: way === "digest" }));
  await notify(client, told, kind, notified);
  return sendsMail() ? ways.filter(({ way }) => way === "mail").map(({ id }) => id) : [];
}

// What one person can bring another as often as they like fills the other's list, and neither their
// mailbox nor the team's channels.
async function withoutFlood(
  client: PoolClient,
  telling: Telling,
  kind: NotificationKind,
  people: readonly string[],
): Promise<readonly string[]> {
  const author = authorAtWill(telling, kind);
  if (author === null) return people;
  const within: string[] = [];
  for (const id of people)
    if (await isWithinLimitHere(client, "mail-between", `${author}:${id}`)) within.push(id);
  return within;
}

async function tellChannels(
  client: PoolClient,
  outboxId: string,
  teamId: string,
  telling: Telling,
  kind: NotificationKind,
): Promise<void> {
  const author = authorAtWill(telling, kind);
  if (author !== null && !(await isWithinLimitHere(client, "channel-by-one", `${author}:${teamId}`))) return;
  const webhooks = await makeWebhookMessages(client, outboxId, teamId, kind, now());
  await sendMessages(client, webhooks, { teamId });
}

/** Whoever brings this news, where nothing but their will bounds how often; else null. */
function authorAtWill(telling: Telling, kind: NotificationKind): string | null {
  const atWill = kind === "mention" || kind === "assigned";
  return telling.kind === "event" && atWill ? telling.event.actor.id : null;
}
