import { z } from "zod";
import { TEAM_NOTIFICATION_KINDS } from "../notifications.ts";
import { WEBHOOK_KINDS } from "../webhooks.ts";
import { name, recordId, webAddress } from "./text.ts";

const webhookName = name(60, "Give it a name");
const news = z
  .array(z.enum(TEAM_NOTIFICATION_KINDS))
  .min(1, "Choose at least one kind of news")
  .refine((chosen) => new Set(chosen).size === chosen.length, "Each kind at most once");
const hours = z.int("Must be a whole number").min(1, "At least one hour").max(720, "At most 720 hours");

export const remindersInput = z
  .strictObject({
    teamId: recordId,
    /** Null: never. */
    remindAfterHours: hours.nullable(),
    escalateAfterHours: hours.nullable(),
  })
  .refine(
    ({ remindAfterHours: first, escalateAfterHours: then }) =>
      first === null || then === null || first < then,
    { path: ["escalateAfterHours"], message: "Leads are told after the reminder" },
  );
export const addWebhookInput = z.strictObject({
  teamId: recordId,
  kind: z.enum(WEBHOOK_KINDS),
  name: webhookName,
  url: webAddress(),
  news,
});
export const changeWebhookInput = z.strictObject({
  webhookId: recordId,
  name: webhookName,
  news,
  /** Absent: it stays where it is. */
  url: webAddress().optional(),
});
export const webhookInput = z.strictObject({ webhookId: recordId });

export type RemindersInput = z.infer<typeof remindersInput>;
export type AddWebhookInput = z.infer<typeof addWebhookInput>;
export type ChangeWebhookInput = z.infer<typeof changeWebhookInput>;
export type WebhookInput = z.infer<typeof webhookInput>;
