import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { WebhookInput } from "#lib/domain/inputs/team-notifications.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { noteAttempt } from "#lib/db/messages.ts";
import { prisma } from "#lib/db/prisma.ts";
import { makeTest } from "#lib/db/webhooks.ts";
import { sendWebhook } from "./send-webhook.ts";
import { testMessage } from "./webhook-message.ts";
import { countAttempt } from "./attempt-limits.ts";
import { findWebhook } from "./webhooks.ts";

/**
 * Sends a test to a webhook at once, and leaves it in its log. Rejects with what the receiver said, and
 * with `rate-limited` after six of a team in a minute.
 */
export async function testWebhook(actor: Actor, { webhookId }: WebhookInput): Promise<void> {
  const webhook = await findWebhook(prisma(), actor, webhookId);
  await countAttempt("check", `webhook:${webhook.teamId}`);
  const id = randomUUID();
  await makeTest(id, webhookId, now());
  try {
    await sendWebhook(webhook, id, testMessage(webhook.team.name));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await noteAttempt(id, now(), why);
    throw new Rejection("conflict", `It did not arrive: ${why}`);
  }
  await noteAttempt(id, now(), null);
}
