import { findItem } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Comment, Deployment } from "./deployment.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";

/** What a comment says, and the ids of the people that it names. */
export type Said = { readonly text: string; readonly mentions: readonly string[] };

/**
 * Says something on the record, or at one of its items; after its end too, since what follows from a
 * deployment is talked about then. A comment that is there already changes nothing.
 */
export function addComment(commentId: string, itemKey: string | null, said: Said): Decide {
  return (deployment) => {
    const { comments } = deployment;
    if (comments.some(({ id }) => id === commentId)) return [];
    return [{ type: "comment.added", data: { ...refTo(deployment, commentId, itemKey), ...said } }];
  };
}

/** Says it differently: its author alone, until the record ends. What it said before stays in the history. */
export function editComment(commentId: string, said: Said, authorId: string): Decide {
  return (deployment) => {
    const comment = standingComment(deployment, commentId);
    if (comment.added.by.id !== authorId) throw new Rejection("forbidden", "Only its author edits a comment");
    if (comment.text === said.text && namesSame(comment.mentions, said.mentions)) return [];
    refuseEnded(deployment);
    return [{ type: "comment.edited", data: { ...refTo(deployment, commentId, comment.itemKey), ...said } }];
  };
}

/** Takes a comment back, visibly: its author, or a team lead (`deletesAny`). A deleted one stays so. */
export function deleteComment(commentId: string, byId: string, deletesAny: boolean): Decide {
  return (deployment) => {
    const comment = commentOf(deployment, commentId);
    if (comment.added.by.id !== byId && !deletesAny)
      throw new Rejection("forbidden", "Only its author or a team lead deletes a comment");
    if (comment.deleted !== null) return [];
    return [{ type: "comment.deleted", data: refTo(deployment, commentId, comment.itemKey) }];
  };
}

function namesSame(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((id) => after.includes(id));
}

function standingComment(deployment: Deployment, id: string): Comment {
  const comment = commentOf(deployment, id);
  if (comment.deleted !== null) throw new Rejection("not-found", "This comment has been deleted");
  return comment;
}

function commentOf({ comments }: Deployment, id: string): Comment {
  const comment = comments.find((candidate) => candidate.id === id);
  if (comment === undefined) throw new Rejection("not-found", "There is no such comment");
  return comment;
}

function refTo({ checklist }: Deployment, commentId: string, item: string | null) {
  if (item === null) return { commentId, item, title: null };
  const place = findItem(checklist, item);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  return { commentId, item, title: place.item.title };
}
