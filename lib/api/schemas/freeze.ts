import { z } from "zod";

const instant = z.iso.datetime();

/** A freeze window as `listFreezes` answers it. */
export const freeze = z
  .object({
    id: z.uuid(),
    team: z.string().nullable().describe("Null: every team"),
    environment: z.string().nullable().describe("Null: every environment"),
    startsAt: instant,
    endsAt: instant.describe("The first moment at which it no longer holds, also where it was ended before"),
    reason: z.string(),
    createdBy: z.string(),
    endedBy: z.string().nullable(),
    state: z.enum(["coming", "standing", "over", "ended"]),
    end: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
  })
  .meta({ id: "Freeze" });
