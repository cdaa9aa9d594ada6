import { z } from "zod";
import { recordId } from "./text.ts";

/** A tab of the record's page, or one item of its checklist. */
const place = z
  .string()
  .regex(/^(?:checklist|sign-off|slo|history|war-room|item:[a-z0-9-]{1,80})$/, "Not a place");

/** Who looks where, said by one browser tab again and again while it is looked at; null when it leaves. */
export const presenceInput = z.strictObject({
  deploymentId: recordId,
  tab: z.uuid(),
  place: place.nullable(),
  /** The revision that it showed, said as it leaves. */
  seen: z.int().positive().max(2_147_483_647).optional(),
});

export type PresenceInput = z.infer<typeof presenceInput>;
