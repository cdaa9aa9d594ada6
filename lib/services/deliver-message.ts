import { now } from "#lib/clock.ts";
import {
  dropMessage,
  loadDigest,
  loadMessage,
  loadRecipient,
  noteAttempt,
  type Message,
} from "#lib/db/messages.ts";
import { pool } from "#lib/db/pool.ts";
import { loadTold, type Told } from "#lib/db/tellings.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { sendMail, type Mail } from "./mail.ts";
import { digestOf, mailOf, newsIn } from "./notification-mail.ts";

/**
 * Hands a message to whoever carries it outside, and records that it was taken, or why not. Rejects
 * when it was not, so that the queue tries again. One may arrive twice, under the same id.
 */
export async function deliverMessage(id: string): Promise<void> {
  const message = await loadMessage(id);
  if (message === null) return;
  const mail = await compose(message);
  if (typeof mail === "string") return dropMessage(id, mail);
  try {
    await sendMail(mail);
  } catch (error) {
    await noteAttempt(id, now(), error instanceof Error ? error.message : String(error));
    throw error;
  }
  await noteAttempt(id, now(), null);
}

// What somebody may no longer see, or is no longer there, is not sent; the answer is then why.
async function compose({ id, personId, outboxId, digestOn }: Message): Promise<Mail | string> {
  const recipient = personId === null ? null : await loadRecipient(personId);
  if (recipient === null) return "the account is closed";
  const { email: to, teams } = recipient;
  const told = digestOn === null ? await one(outboxId) : await loadDigest(id);
  const news = newsIn(told.filter(({ record }) => teams === null || teams.includes(record.teamId)));
  const [first] = news;
  if (first === undefined) return "there is nothing left that they may see";
  const messageId = `<${id}@${new URL(canonicalOrigin()).hostname}>`;
  return { to, messageId, ...(digestOn === null ? mailOf(first) : digestOf(digestOn, news)) };
}

async function one(outboxId: string | null): Promise<readonly Told[]> {
  const told = outboxId === null ? null : await loadTold(pool(), outboxId);
  return told === null ? [] : [told];
}
