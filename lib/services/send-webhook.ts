import { WEBHOOK_KINDS } from "#lib/domain/webhooks.ts";
import { now } from "#lib/clock.ts";
import type { StoredWebhook } from "#lib/db/webhooks.ts";
import { outsideForMessages } from "./outside.ts";
import { unseal } from "./sealing.ts";
import { bodyFor, webhookHeaders, type WebhookMessage } from "./webhook-message.ts";

/** Hands a message to a webhook, under its id. Rejects with why when it was not taken. */
export async function sendWebhook(
  webhook: StoredWebhook,
  id: string,
  message: WebhookMessage,
): Promise<void> {
  const { id: context, sealedUrl, sealedSecret, host } = webhook;
  const kind = WEBHOOK_KINDS.find((known) => known === webhook.kind) ?? "signed";
  const at = now();
  const body = bodyFor(kind, message, at);
  const secret = sealedSecret === null ? null : unseal(sealedSecret, context);
  const headers = webhookHeaders(id, Math.floor(Date.parse(at) / 1_000), body, secret);
  const { status } = await outsideForMessages().post(unseal(sealedUrl, context), body, headers);
  if (status < 200 || status > 299) throw new Error(`${host} answers ${status}`);
}
