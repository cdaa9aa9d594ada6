import { z } from "zod";
import { line, name, recordId } from "./text.ts";

const viewName = name(60, "Give it a name");

/** The pages whose filters can be kept. */
export const VIEW_PAGES = ["board", "history"] as const;

export const saveViewInput = z.strictObject({
  page: z.enum(VIEW_PAGES),
  name: viewName,
  /** The filters as they stand in the address, without the question mark. */
  query: line(2_000, "Choose a filter first"),
});
export const renameViewInput = z.strictObject({ viewId: recordId, name: viewName });
export const viewInput = z.strictObject({ viewId: recordId });

export type ViewPage = (typeof VIEW_PAGES)[number];
export type SaveViewInput = z.infer<typeof saveViewInput>;
export type RenameViewInput = z.infer<typeof renameViewInput>;
export type ViewInput = z.infer<typeof viewInput>;
