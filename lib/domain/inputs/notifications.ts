import { z } from "zod";
import { ALL_NOTIFICATION_KINDS, WAYS } from "../notifications.ts";
import { recordId } from "./text.ts";

export const markNotificationsInput = z.strictObject({
  /** Null marks all of them. */
  ids: z.array(recordId).min(1).max(100).nullable(),
  read: z.boolean(),
});
export const chooseWayInput = z.strictObject({ kind: z.enum(ALL_NOTIFICATION_KINDS), way: z.enum(WAYS) });

export type MarkNotificationsInput = z.infer<typeof markNotificationsInput>;
export type ChooseWayInput = z.infer<typeof chooseWayInput>;
