import { z } from "zod";
import { recordId } from "./text.ts";

/** What was on somebody's screen: a record up to one of its events. */
export const lookInput = z.strictObject({
  deploymentId: recordId,
  seq: z.int().positive().max(2_147_483_647),
});

export type LookInput = z.infer<typeof lookInput>;
