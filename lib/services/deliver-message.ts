import { may, mayEverywhere } from "#lib/domain/policy.ts";
import { now } from "#lib/clock.ts";
import {
  dropMessage,
  loadDigest,
  loadMessage,
  loadRecipient,
  noteAttempt,
  type Message,
  type Recipient,
} from "#lib/db/messages.ts";
import { pool } from "#lib/db/pool.ts";
import { loadTold, type Told, type ToldRecord } from "#lib/db/tellings.ts";
import { loadWebhook } from "#lib/db/webhooks.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { sendMail } from "./mail.ts";
import { digestOf, mailOf, newsIn } from "./notification-mail.ts";
import { sendWebhook } from "./send-webhook.ts";
import { webhookMessage } from "./webhook-message.ts";

/**
 * Hands a message to whoever carries it outside, and records that it was taken, or why not. Rejects
 * when it was not, so that the queue tries again. One may arrive twice, under the same id.
 */
export async function deliverMessage(id: string): Promise<void> {
  const message = await loadMessage(id);
  if (message === null) return;
  const send =
    message.webhookId === null ? await toPerson(message) : await toTeam(message, message.webhookId);
  if (typeof send === "string") return dropMessage(id, send);
  try {
    await send();
  } catch (error) {
    await noteAttempt(id, now(), error instanceof Error ? error.message : String(error));
    throw error;
  }
  await noteAttempt(id, now(), null);
}

/** How it is sent; or, in words, why it is not sent after all. */
type Way = (() => Promise<void>) | string;

// What somebody may no longer see, or is no longer there, is not sent.
async function toPerson({ id, personId, outboxId, digestOn }: Message): Promise<Way> {
  const recipient = personId === null ? null : await loadRecipient(personId);
  if (recipient === null) return "the account is closed";
  const told = digestOn === null ? await one(outboxId) : await loadDigest(id);
  const news = newsIn(told.filter(({ record }) => maySee(recipient, record)));
  const [first] = news;
  if (first === undefined) return "there is nothing left that they may see";
  const messageId = `<${id}@${new URL(canonicalOrigin()).hostname}>`;
  const words = digestOn === null ? mailOf(first) : digestOf(digestOn, news);
  return async () => sendMail({ to: recipient.email, messageId, ...words });
}

async function toTeam({ id, outboxId }: Message, webhookId: string): Promise<Way> {
  const webhook = await loadWebhook(webhookId);
  if (webhook === null) return "the webhook was removed";
  const [news] = newsIn(await one(outboxId));
  if (!news?.record) return "there is nothing left to tell";
  const { record, telling } = news;
  return async () => sendWebhook(webhook, id, webhookMessage(record, telling));
}

function maySee(recipient: Recipient, record: ToldRecord | null): boolean {
  return record === null
    ? mayEverywhere(recipient, "retention.view")
    : may(recipient, "deployment.view", record.teamId);
}

async function one(outboxId: string | null): Promise<readonly Told[]> {
  const told = outboxId === null ? null : await loadTold(pool(), outboxId);
  return told === null ? [] : [told];
}
