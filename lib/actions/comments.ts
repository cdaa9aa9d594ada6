"use server";

import { addCommentInput, deleteCommentInput, editCommentInput } from "#lib/domain/inputs/comments.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction, runOnce } from "./run-action.ts";

export async function addCommentAction(input: unknown, once?: unknown): Promise<ActionResult<string>> {
  return runOnce(addCommentInput, input, once, addComment);
}

export async function editCommentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(editCommentInput, input, editComment);
}

export async function deleteCommentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(deleteCommentInput, input, deleteComment);
}
