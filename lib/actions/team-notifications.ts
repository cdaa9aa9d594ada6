"use server";

import {
  addWebhookInput,
  changeWebhookInput,
  remindersInput,
  webhookInput,
} from "#lib/domain/inputs/team-notifications.ts";
import { changeReminders } from "#lib/services/reminders.ts";
import { testWebhook } from "#lib/services/test-webhook.ts";
import { addWebhook, changeWebhook, removeWebhook, renewWebhookSecret } from "#lib/services/webhooks.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function changeRemindersAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(remindersInput, input, changeReminders);
}

/** Answers with the key of a signed webhook, which is shown this once. */
export async function addWebhookAction(input: unknown): Promise<ActionResult<string | null>> {
  return runAction(addWebhookInput, input, addWebhook);
}

export async function changeWebhookAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(changeWebhookInput, input, changeWebhook);
}

/** Answers with the new key, which is shown this once. */
export async function renewWebhookSecretAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(webhookInput, input, renewWebhookSecret);
}

export async function removeWebhookAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(webhookInput, input, removeWebhook);
}

export async function testWebhookAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(webhookInput, input, testWebhook);
}
