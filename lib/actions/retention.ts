"use server";

import {
  legalHoldInput,
  liftLegalHoldInput,
  removeContentInput,
  retentionInput,
} from "#lib/domain/inputs/retention.ts";
import { liftLegalHold, setLegalHold } from "#lib/services/legal-holds.ts";
import { removeDeploymentContent, setRetention } from "#lib/services/retention.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function setLegalHoldAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(legalHoldInput, input, setLegalHold);
}

export async function liftLegalHoldAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(liftLegalHoldInput, input, liftLegalHold);
}

export async function setRetentionAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(retentionInput, input, setRetention);
}

export async function removeContentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(removeContentInput, input, removeDeploymentContent);
}
