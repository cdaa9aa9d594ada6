"use server";

import type { PasskeyRequest } from "#lib/domain/ceremonies.ts";
import {
  answerRejectionInput,
  grantApprovalInput,
  rejectApprovalInput,
  signatureChallengeInput,
} from "#lib/domain/inputs/approvals.ts";
import { answerRejection, grantApproval, rejectApproval } from "#lib/services/approvals.ts";
import { askToSign } from "#lib/services/proof.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function grantApprovalAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(grantApprovalInput, input, grantApproval);
}

export async function rejectApprovalAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(rejectApprovalInput, input, rejectApproval);
}

export async function answerRejectionAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(answerRejectionInput, input, answerRejection);
}

/** What the browser hands to a passkey, so that it signs this one statement. */
export async function askToSignAction(input: unknown): Promise<ActionResult<PasskeyRequest>> {
  return runAction(signatureChallengeInput, input, askToSign);
}
