import type { z } from "zod";
import { Rejection } from "../rejection.ts";

/** The input as its schema reads it. Rejects with the path and sentence of each bad field. */
export function valid<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".")] ??= issue.message;
  throw new Rejection("invalid-input", "Some of this needs another look", { fields });
}
