import { z } from "zod";
import { APPROVER_ROLES } from "../roles.ts";
import { instant, recordId } from "./text.ts";

export const createDelegationInput = z
  .strictObject({
    role: z.enum(APPROVER_ROLES),
    /** The team of the role that is delegated; null where it is held for all teams. */
    teamId: recordId.nullable(),
    toId: recordId,
    startsAt: instant(),
    /** The first moment at which it no longer holds. */
    endsAt: instant(),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ["endsAt"],
    message: "The last day comes before the first",
  });

export const delegationInput = z.strictObject({ delegationId: recordId });

export type CreateDelegationInput = z.infer<typeof createDelegationInput>;
export type DelegationInput = z.infer<typeof delegationInput>;
