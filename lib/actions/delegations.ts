"use server";

import { createDelegationInput, delegationInput } from "#lib/domain/inputs/delegations.ts";
import { createDelegation, revokeDelegation } from "#lib/services/delegations.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function createDelegationAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(createDelegationInput, input, createDelegation);
}

export async function revokeDelegationAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(delegationInput, input, revokeDelegation);
}
