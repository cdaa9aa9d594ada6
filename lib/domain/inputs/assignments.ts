import { z } from "zod";
import { deploymentRef, instant, itemKey, recordId } from "./text.ts";

/** Items of one assignment: a whole section at once, or the ones that were chosen. */
const items = z.array(itemKey).min(1, "Choose at least one item").max(200);

export const assignItemsInput = z.strictObject({
  ...deploymentRef,
  items,
  /** Null leaves them without an owner. */
  ownerId: recordId.nullable(),
});

export const setDueInput = z.strictObject({
  ...deploymentRef,
  items,
  /** Null lets their phase say it again. */
  dueAt: instant().nullable(),
});

export type AssignItemsInput = z.infer<typeof assignItemsInput>;
export type SetDueInput = z.infer<typeof setDueInput>;
