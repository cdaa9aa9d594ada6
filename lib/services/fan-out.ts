import type { PoolClient } from "pg";
import { addresseesOf, concernsTeam } from "#lib/domain/addressees.ts";
import { NOTIFICATION_KINDS, type NotificationKind } from "#lib/domain/notifications.ts";
import { newsOf, type Telling } from "#lib/domain/telling.ts";
import { now } from "#lib/clock.ts";
import { sendMessages } from "#lib/db/message-queue.ts";
import { audienceOf, makeMail, notify, settle, takeWaiting, waysOf } from "#lib/db/outbox.ts";
import type { Told } from "#lib/db/tellings.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { makeWebhookMessages } from "#lib/db/webhooks.ts";
import { isWithinLimit } from "./attempt-limits.ts";
import { sendsMail } from "./mail.ts";

const AT_ONCE = 50;

/**
 * Tells everybody concerned of what waits in the outbox: in the app at once, outside by a message
 * that the queue carries. Each row is settled in the transaction that tells of it, so none is told
 * of twice, and none is lost with a worker.
 */
export async function fanOut(): Promise<void> {
  for (;;) {
    const told = await inTransactionUnder("fan-out", async (client) => {
      const waiting = await takeWaiting(client, AT_ONCE);
      for (const row of waiting) await fanOutOne(client, row);
      return waiting.length;
    });
    if (told < AT_ONCE) return;
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
    const mails = await makeMail(client, told.outboxId, await withoutFlood(telling, kind, mailed), at);
    const webhooks =
      concernsTeam(telling, audience) && (await reachesChannels(telling, kind, told.record.teamId))
        ? await makeWebhookMessages(client, told.outboxId, told.record.teamId, kind, at)
        : [];
    await sendMessages(client, [...mails, ...webhooks]);
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
  telling: Telling,
  kind: NotificationKind,
  people: readonly string[],
): Promise<readonly string[]> {
  const author = authorAtWill(telling, kind);
  if (author === null) return people;
  const within: string[] = [];
  for (const id of people) if (await isWithinLimit("mail-between", `${author}:${id}`)) within.push(id);
  return within;
}

async function reachesChannels(telling: Telling, kind: NotificationKind, teamId: string): Promise<boolean> {
  const author = authorAtWill(telling, kind);
  return author === null || isWithinLimit("channel-by-one", `${author}:${teamId}`);
}

/** Whoever brings this news, where nothing but their will bounds how often; else null. */
function authorAtWill(telling: Telling, kind: NotificationKind): string | null {
  const atWill = kind === "mention" || kind === "assigned";
  return telling.kind === "event" && atWill ? telling.event.actor.id : null;
}
