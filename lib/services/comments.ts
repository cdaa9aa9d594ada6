import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import {
  addComment as commentAdded,
  deleteComment as commentDeleted,
  editComment as commentEdited,
} from "#lib/domain/comments.ts";
import type { AddCommentInput, DeleteCommentInput, EditCommentInput } from "#lib/domain/inputs/comments.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeDeployment, loadToChange, type DeploymentRef } from "#lib/db/change-deployment.ts";
import { peopleOfTeam } from "#lib/db/people-of-team.ts";

/**
 * Says something on a record, or at one of its items, and answers with the comment's id. Only people
 * who see the record can be named in it. A repeat with the same id changes nothing.
 */
export async function addComment(
  actor: Actor,
  { item, text, mentions, ...ref }: AddCommentInput,
  id: string = randomUUID(),
): Promise<string> {
  await refuseStrangers(actor, ref, mentions);
  await changeDeployment(actor, ref, "comment.write", () => [commentAdded(id, item, { text, mentions })]);
  return id;
}

/** Its author says it differently; what it said before stays in the history. */
export async function editComment(
  actor: Actor,
  { commentId, text, mentions, ...ref }: EditCommentInput,
): Promise<void> {
  await refuseStrangers(actor, ref, mentions);
  await changeDeployment(actor, ref, "comment.write", () => [
    commentEdited(commentId, { text, mentions }, actor.id),
  ]);
}

/** Its author or a team lead takes it back, visibly. */
export async function deleteComment(actor: Actor, { commentId, ...ref }: DeleteCommentInput): Promise<void> {
  await changeDeployment(actor, ref, "comment.write", ({ teamId }, by) => [
    commentDeleted(commentId, by.id, may(by, "comment.delete-any", teamId)),
  ]);
}

async function refuseStrangers(actor: Actor, ref: DeploymentRef, mentions: readonly string[]): Promise<void> {
  if (mentions.length === 0) return;
  const { deployment } = await loadToChange(actor, ref, "comment.write");
  const people = await peopleOfTeam(deployment.teamId);
  if (mentions.every((id) => people.some((person) => person.id === id))) return;
  const message = "Somebody named here may not see this record";
  throw new Rejection("invalid-input", message, { fields: { mentions: message } });
}
