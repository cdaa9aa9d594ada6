"use server";

import { changeDetailsInput, openDeploymentInput, reasonInput } from "#lib/domain/inputs/deployments.ts";
import { countAttempt } from "#lib/services/attempt-limits.ts";
import { changeDetails, openDeployment } from "#lib/services/deployments.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction, runOnce } from "./run-action.ts";

/** Answers with the new record's id. */
export async function openDeploymentAction(input: unknown, once?: unknown): Promise<ActionResult<string>> {
  return runOnce(openDeploymentInput, input, once, async (actor, valid, id) => {
    await countAttempt("opening", actor.id);
    return openDeployment(actor, valid, id);
  });
}

export async function changeDetailsAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(changeDetailsInput, input, changeDetails);
}

export async function triggerRollbackAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(reasonInput, input, triggerRollback);
}

export async function cancelDeploymentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(reasonInput, input, cancelDeployment);
}
