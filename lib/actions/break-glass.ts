"use server";

import {
  confirmBreakGlassInput,
  requestBreakGlassInput,
  reviewBreakGlassInput,
  withdrawBreakGlassInput,
} from "#lib/domain/inputs/break-glass.ts";
import {
  confirmBreakGlass,
  requestBreakGlass,
  reviewBreakGlass,
  withdrawBreakGlass,
} from "#lib/services/break-glass.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function requestBreakGlassAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(requestBreakGlassInput, input, requestBreakGlass);
}

export async function confirmBreakGlassAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(confirmBreakGlassInput, input, confirmBreakGlass);
}

export async function withdrawBreakGlassAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(withdrawBreakGlassInput, input, withdrawBreakGlass);
}

export async function reviewBreakGlassAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(reviewBreakGlassInput, input, reviewBreakGlass);
}
