import { z } from "zod";
import { deploymentRef, instant, reason, recordId } from "./text.ts";

/** The shortest and the longest retention span, in days; the database holds them too. */
export const RETENTION_DAYS = { min: 30, max: 36_500 } as const;

const days = z
  .int("Must be a whole number of days")
  .min(RETENTION_DAYS.min, `At least ${RETENTION_DAYS.min} days`)
  .max(RETENTION_DAYS.max, `At most ${RETENTION_DAYS.max} days`);

/** Null keeps everything. */
export const retentionInput = z.strictObject({ days: days.nullable() });
export const removeContentInput = z.strictObject({ deploymentId: recordId });
export const legalHoldInput = z.strictObject({ ...deploymentRef, reason });
export const liftLegalHoldInput = legalHoldInput.extend({
  /** When the hold that was shown was set: no later one is lifted for it. */
  setAt: instant().optional(),
});

export type RetentionInput = z.infer<typeof retentionInput>;
export type RemoveContentInput = z.infer<typeof removeContentInput>;
export type LegalHoldInput = z.infer<typeof legalHoldInput>;
export type LiftLegalHoldInput = z.infer<typeof liftLegalHoldInput>;
