"use server";

import type { NewPasskeyRequest, NewTotp, PasskeyRequest } from "#lib/domain/ceremonies.ts";
import {
  addPasskeyInput,
  confirmTotpInput,
  confirmedInput,
  originInput,
  ownPasswordInput,
  passkeyInput,
  sessionInput,
  stepUpInput,
} from "#lib/domain/inputs/account.ts";
import { makeCalendarAddress, revokeCalendarAddress } from "#lib/services/calendar-address.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { addPasskey, askToEnrol, removePasskey } from "#lib/services/passkeys.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { endOtherSessions, endOwnSession } from "#lib/services/sessions.ts";
import { askToStepUp, stepUp } from "#lib/services/step-up.ts";
import { beginTotp, confirmTotp, removeTotp } from "#lib/services/totp-factor.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function stepUpAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(stepUpInput, input, stepUp);
}

export async function askToStepUpAction(input: unknown): Promise<ActionResult<PasskeyRequest>> {
  return runAction(originInput, input, askToStepUp);
}

export async function askToEnrolAction(input: unknown): Promise<ActionResult<NewPasskeyRequest>> {
  return runAction(originInput, input, askToEnrol);
}

export async function addPasskeyAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(addPasskeyInput, input, addPasskey);
}

export async function removePasskeyAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(passkeyInput, input, removePasskey);
}

export async function beginTotpAction(input: unknown): Promise<ActionResult<NewTotp>> {
  return runAction(confirmedInput, input, beginTotp);
}

export async function confirmTotpAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(confirmTotpInput, input, confirmTotp);
}

export async function removeTotpAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(confirmedInput, input, removeTotp);
}

/** Answers with the codes, which are shown this once. */
export async function makeRecoveryCodesAction(input: unknown): Promise<ActionResult<readonly string[]>> {
  return runAction(confirmedInput, input, makeRecoveryCodes);
}

export async function changeOwnPasswordAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(ownPasswordInput, input, changeOwnPassword);
}

export async function endOwnSessionAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(sessionInput, input, endOwnSession);
}

export async function endOtherSessionsAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(confirmedInput, input, endOtherSessions);
}

/** Answers with the address's secret, which is shown this once. */
export async function makeCalendarAddressAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(confirmedInput, input, makeCalendarAddress);
}

export async function revokeCalendarAddressAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(confirmedInput, input, revokeCalendarAddress);
}
