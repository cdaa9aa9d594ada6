"use server";

import { createFreezeInput, freezeInput, liftFreezeInput } from "#lib/domain/inputs/freezes.ts";
import { createFreeze, endFreeze, liftFreeze } from "#lib/services/freezes.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction, runOnce } from "./run-action.ts";

export async function createFreezeAction(input: unknown, once?: unknown): Promise<ActionResult<string>> {
  return runOnce(createFreezeInput, input, once, createFreeze);
}

export async function endFreezeAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(freezeInput, input, endFreeze);
}

export async function liftFreezeAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(liftFreezeInput, input, liftFreeze);
}
