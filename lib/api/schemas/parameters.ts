import { z } from "zod";
import { instant, itemKey, line, phaseKey, recordId } from "#lib/domain/inputs/text.ts";

/** What stands in an address, and in a query. */
export const none = z.object({});
export const idParams = z.object({ id: recordId });
export const eventParams = idParams.extend({
  seq: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
export const itemParams = idParams.extend({ key: itemKey });
export const phaseParams = idParams.extend({ phase: phaseKey });

export const limit = z.coerce.number().int().min(1).max(100).default(50);
export const cursor = z.string().max(400).optional();
export const eventQuery = z.object({
  type: z
    .string()
    .regex(/^[a-z.-]{1,60}$/, "The beginning of an event's type, such as approval.")
    .optional(),
  actor: recordId.optional(),
  item: itemKey.optional(),
  text: line(200)
    .optional()
    .describe("Words, each as a beginning, in whatever the event says; an id or a digest too"),
  from: instant().optional(),
  to: instant().optional(),
  cursor,
  limit,
});
export const insightQuery = z.object({
  team: line(100).optional().describe("The exact name of a team"),
  service: line(100).optional().describe("The exact name of a service"),
  environment: line(100).optional(),
  weeks: z.coerce
    .number()
    .int()
    .min(1)
    .max(104)
    .default(12)
    .describe("How many whole weeks from Monday, UTC, before this one, which counts so far"),
});
export const searchQuery = eventQuery.extend({ service: line(100).optional() });
