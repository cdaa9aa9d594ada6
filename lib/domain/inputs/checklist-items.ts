import { z } from "zod";
import { deploymentRef, instant, itemKey, optionalText, text, webAddress } from "./text.ts";

const finite = z.number("Must be a number").min(-1e12).max(1e12);
const isoDate = z.iso.date("Must be a date");

export const evidenceContent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("note"), text: text(10_000) }),
  z.strictObject({ kind: z.literal("link"), url: webAddress(), title: optionalText(200) }),
  z.strictObject({
    kind: z.literal("measurement"),
    values: z
      .record(z.string().regex(/^[a-zA-Z0-9-]{1,60}$/), finite)
      .refine(hasEntries, "Give at least one value"),
  }),
  z.strictObject({ kind: z.literal("time"), at: instant() }),
  z.strictObject({
    kind: z.literal("rotation"),
    rotatedOn: z
      .record(z.string().regex(/^[a-z0-9-]{1,60}$/), isoDate)
      .refine(hasEntries, "Give at least one date"),
  }),
]);

export const evidenceInput = z.strictObject({
  ...deploymentRef,
  item: itemKey,
  content: evidenceContent,
});

/** What one click does to one item. */
const itemChange = z.discriminatedUnion("to", [
  z.strictObject({ item: itemKey, to: z.literal("done") }),
  z.strictObject({ item: itemKey, to: z.literal("open") }),
  z.strictObject({ item: itemKey, to: z.literal("not-applicable"), reason: optionalText(4_000) }),
]);

/** Clicks that wait together go out together. */
export const settleItemsInput = z.strictObject({
  ...deploymentRef,
  changes: z.array(itemChange).min(1).max(200),
});

export type EvidenceInput = z.infer<typeof evidenceInput>;
export type ItemChange = z.infer<typeof itemChange>;
export type SettleItemsInput = z.infer<typeof settleItemsInput>;

function hasEntries(record: Record<string, unknown>): boolean {
  const { length } = Object.keys(record);
  return length > 0 && length <= 20;
}
