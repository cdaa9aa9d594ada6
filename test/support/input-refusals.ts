import type { z } from "zod";
import { valid } from "#lib/domain/inputs/valid.ts";
import { Rejection } from "#lib/domain/rejection.ts";

/** The sentence beside each field of an input that is refused; null when it is taken. */
export function inputRefusals(schema: z.ZodType, input: unknown): Readonly<Record<string, string>> | null {
  try {
    valid(schema, input);
    return null;
  } catch (error) {
    if (error instanceof Rejection && error.code === "invalid-input") return error.fields;
    throw error;
  }
}
