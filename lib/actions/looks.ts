"use server";

import { lookInput } from "#lib/domain/inputs/looks.ts";
import { recordLook } from "#lib/services/looks.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function recordLookAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(lookInput, input, recordLook);
}
