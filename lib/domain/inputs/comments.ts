import { z } from "zod";
import { deploymentRef, itemKey, recordId, text } from "./text.ts";

export const COMMENT_CHARACTERS = 10_000;

export const commentText = text(COMMENT_CHARACTERS, "Say something");
/** The ids of the people named in the text. */
export const mentions = z
  .array(recordId)
  .max(50, "At most 50 people")
  .default([])
  .transform((ids) => [...new Set(ids)]);

export const addCommentInput = z.strictObject({
  ...deploymentRef,
  /** Null for a comment on the record as a whole. */
  item: itemKey.nullable().default(null),
  text: commentText,
  mentions,
});

const commentRef = { ...deploymentRef, commentId: recordId };
export const editCommentInput = z.strictObject({ ...commentRef, text: commentText, mentions });
export const deleteCommentInput = z.strictObject(commentRef);

export type AddCommentInput = z.infer<typeof addCommentInput>;
export type EditCommentInput = z.infer<typeof editCommentInput>;
export type DeleteCommentInput = z.infer<typeof deleteCommentInput>;
