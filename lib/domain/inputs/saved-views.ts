import { z } from "zod";
import { line, recordId } from "./text.ts";

const name = line(60, "Give it a name");

export const saveViewInput = z.strictObject({
  name,
  /** The filters as they stand in the address, without the question mark. */
  query: line(2_000, "Choose a filter first"),
});
export const renameViewInput = z.strictObject({ viewId: recordId, name });
export const viewInput = z.strictObject({ viewId: recordId });

export type SaveViewInput = z.infer<typeof saveViewInput>;
export type RenameViewInput = z.infer<typeof renameViewInput>;
export type ViewInput = z.infer<typeof viewInput>;
