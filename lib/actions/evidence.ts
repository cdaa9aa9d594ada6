"use server";

import { evidenceInput } from "#lib/domain/inputs/checklist-items.ts";
import { overruleInput, runCheckInput } from "#lib/domain/inputs/evidence.ts";
import { addEvidence, overruleVerdict } from "#lib/services/evidence.ts";
import { runCheck } from "#lib/services/run-check.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction, runOnce } from "./run-action.ts";

export async function addEvidenceAction(input: unknown, once?: unknown): Promise<ActionResult<string>> {
  return runOnce(evidenceInput, input, once, addEvidence);
}

/** Runs an item's live checks now; what they say stands on the record afterwards. */
export async function runCheckAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(runCheckInput, input, async (actor, check) => {
    await runCheck(actor, check);
  });
}

export async function overruleVerdictAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(overruleInput, input, overruleVerdict);
}
