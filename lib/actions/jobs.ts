"use server";

import { jobInput } from "#lib/domain/inputs/jobs.ts";
import { runJobAgain } from "#lib/services/jobs.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function runJobAgainAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(jobInput, input, runJobAgain);
}
