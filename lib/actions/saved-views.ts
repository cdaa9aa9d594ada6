"use server";

import { renameViewInput, saveViewInput, viewInput } from "#lib/domain/inputs/saved-views.ts";
import { deleteView, renameView, saveView } from "#lib/services/saved-views.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

/** Answers with the new view's id. */
export async function saveViewAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(saveViewInput, input, saveView);
}

export async function renameViewAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(renameViewInput, input, renameView);
}

export async function deleteViewAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(viewInput, input, deleteView);
}
