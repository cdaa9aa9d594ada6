import { z } from "zod";
import { deploymentRef, environmentName, instant, line, reason, recordId } from "./text.ts";

export const createFreezeInput = z
  .strictObject({
    /** The name of a team; null for every team. */
    team: line(100, "Name the team").nullable(),
    /** Null for every environment. */
    environment: environmentName(64).nullable(),
    startsAt: instant(),
    /** The first moment at which it no longer holds. */
    endsAt: instant(),
    reason: line(200, "Say why"),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ["endsAt"],
    message: "The end comes before the beginning",
  });

export const freezeInput = z.strictObject({ freezeId: recordId });
export const liftFreezeInput = z.strictObject({ ...deploymentRef, freezeId: recordId, reason });

export type CreateFreezeInput = z.infer<typeof createFreezeInput>;
export type FreezeInput = z.infer<typeof freezeInput>;
export type LiftFreezeInput = z.infer<typeof liftFreezeInput>;
