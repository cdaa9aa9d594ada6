import { z } from "zod";
import { deploymentRef, itemKey, name, reason, recordId } from "./text.ts";

/** Bytes of one file at most; the database holds them to the same limit. */
export const FILE_BYTES = 20 * 1024 * 1024;

const fileName = name(200, "Name the file").refine(
  (file) => !/[/\\]/.test(file) && file !== "." && file !== "..",
  "A name without a path",
);

const bytes = z
  .instanceof(Uint8Array)
  .refine((content) => content.length > 0, "The file is empty")
  .refine((content) => content.length <= FILE_BYTES, "At most 20 MB");

export const addFileInput = z.strictObject({ ...deploymentRef, item: itemKey, name: fileName, bytes });

export const checkerKey = z.string().regex(/^[a-z0-9-]{1,60}$/, "Not a checker");
export const reportLabel = z.string().regex(/^[a-z0-9-]{1,40}$/, "Small letters, digits and - only");

export const addReportInput = z.strictObject({
  ...deploymentRef,
  /** One item; without it every item of the open phase that takes such a report. */
  item: itemKey.optional(),
  checker: checkerKey,
  label: reportLabel.nullish().transform((label) => label ?? null),
  name: fileName,
  bytes,
});

export const runCheckInput = z.strictObject({ ...deploymentRef, item: itemKey });

export const overruleInput = z.strictObject({ ...deploymentRef, evidenceId: recordId, reason });

export type AddFileInput = z.infer<typeof addFileInput>;
export type AddReportInput = z.infer<typeof addReportInput>;
export type RunCheckInput = z.infer<typeof runCheckInput>;
export type OverruleInput = z.infer<typeof overruleInput>;
