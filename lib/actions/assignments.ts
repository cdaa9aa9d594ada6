"use server";

import { assignItemsInput, setDueInput } from "#lib/domain/inputs/assignments.ts";
import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function assignItemsAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(assignItemsInput, input, assignItems);
}

export async function setItemsDueAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(setDueInput, input, setItemsDue);
}
