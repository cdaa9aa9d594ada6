import type { PoolClient } from "pg";
import { addresseesOf } from "#lib/domain/addressees.ts";
import { NOTIFICATION_KINDS } from "#lib/domain/notifications.ts";
import { newsOf } from "#lib/domain/telling.ts";
import { now } from "#lib/clock.ts";
import { sendMessages } from "#lib/db/message-queue.ts";
import { audienceOf, makeMail, notify, settle, takeWaiting, waysOf } from "#lib/db/outbox.ts";
import type { Told } from "#lib/db/tellings.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
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
  const kind = told.telling === null ? null : newsOf(told.telling);
  if (told.telling !== null && kind !== null) {
    const people = addresseesOf(told.telling, await audienceOf(client, told, at));
    const chosen = await waysOf(client, kind, people);
    const ways = people.map((id) => ({ id, way: chosen.get(id) ?? NOTIFICATION_KINDS[kind].usual }));
    const reached = ways.filter(({ way }) => way !== "off");
    await notify(
      client,
      told,
      kind,
      reached.map(({ id, way }) => ({ personId: id, awaitsDigest: way === "digest" })),
    );
    const mailed = sendsMail() ? ways.filter(({ way }) => way === "mail").map(({ id }) => id) : [];
    await sendMessages(client, await makeMail(client, told.outboxId, mailed, at));
  }
  await settle(client, told, at);
}
