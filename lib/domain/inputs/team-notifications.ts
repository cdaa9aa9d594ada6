import { z } from "zod";
import { TEAM_NOTIFICATION_KINDS } from "../notifications.ts";
import { WEBHOOK_KINDS } from "../webhooks.ts";
import { name, recordId, webAddress } from "./text.ts";

const webhookName = name(60, "Give it a name");
const news = z
  .array(z.enum(TEAM_NOTIFICATION_KINDS))
  .min(1, "Choose at least one kind of news")
  .refine((chosen) => new Set(chosen).size === chosen.length, "Each kind at most once");
/** Who is awaited hears before the leads do. */
export const REMINDED_FIRST = "Leads are told after the reminder";
const hours = z.int("Must be a whole number").min(1, "At least one hour").max(720, "At most 720 hours");

export const remindersInput = z
  .strictObject({
    teamId: recordId,
    /** Null: never. What is left out stays as it is by now. */
    remindAfterHours: hours.nullable().optional(),
    escalateAfterHours: hours.nullable().optional(),
  })
  .refine(({ remindAfterHours, escalateAfterHours }) => isInTurn(remindAfterHours, escalateAfterHours), {
    path: ["escalateAfterHours"],
    message: REMINDED_FIRST,
  });
export const addWebhookInput = z.strictObject({
  teamId: recordId,
  kind: z.enum(WEBHOOK_KINDS),
  name: webhookName,
  url: webAddress(),
  news,
});
/** What is left out stays as it is by now. */
export const changeWebhookInput = z.strictObject({
  webhookId: recordId,
  name: webhookName.optional(),
  news: news.optional(),
  url: webAddress().optional(),
});
export const webhookInput = z.strictObject({ webhookId: recordId });

export type RemindersInput = z.infer<typeof remindersInput>;
export type AddWebhookInput = z.infer<typeof addWebhookInput>;
export type ChangeWebhookInput = z.infer<typeof changeWebhookInput>;
export type WebhookInput = z.infer<typeof webhookInput>;

/** Whether somebody awaited is reminded before the leads are told, where both are. */
export function isInTurn(
  remindAfterHours: number | null | undefined,
  escalateAfterHours: number | null | undefined,
): boolean {
  return remindAfterHours == null || escalateAfterHours == null || remindAfterHours < escalateAfterHours;
}
