"use server";

import { phaseInput, reopenPhaseInput } from "#lib/domain/inputs/deployments.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/services/phases.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function startPhaseAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(phaseInput, input, startPhase);
}

export async function completePhaseAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(phaseInput, input, completePhase);
}

export async function reopenPhaseAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(reopenPhaseInput, input, reopenPhase);
}
