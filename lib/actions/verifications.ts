"use server";

import { verificationInput } from "#lib/domain/inputs/verifications.ts";
import { askForVerification } from "#lib/services/verifications.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function askForVerificationAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(verificationInput, input, async (actor, scope) => askForVerification(actor, scope));
}
