"use server";

import { addCommentInput, deleteCommentInput, editCommentInput } from "#lib/domain/inputs/comments.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function addCommentAction(input: unknown): Promise<ActionResult<string>> {
  return runAction(addCommentInput, input, async (actor, comment) => addComment(actor, comment));
}

export async function editCommentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(editCommentInput, input, editComment);
}

export async function deleteCommentAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(deleteCommentInput, input, deleteComment);
}
