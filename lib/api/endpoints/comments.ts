import { z } from "zod";
import { addCommentInput, commentText, mentions } from "#lib/domain/inputs/comments.ts";
import { itemKey, recordId } from "#lib/domain/inputs/text.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { listDeploymentPeople } from "#lib/queries/deployment-people.ts";
import { listComments } from "#lib/queries/list-comments.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { defineEndpoint } from "../endpoint.ts";
import { changed, replyChanged } from "../changed.ts";
import { commentPage, people } from "../schemas/comments.ts";
import { cursor, idParams, limit, none } from "../schemas/parameters.ts";

const TAG = "Comments";

const commentParams = idParams.extend({ comment: recordId });

export const listCommentsEndpoint = defineEndpoint({
  id: "listComments",
  method: "GET",
  path: "/deployments/{id}/comments",
  summary: "What was said on a deployment",
  description: "Newest first; on the record as a whole, or with `item` at one item.",
  tag: TAG,
  action: "deployment.view",
  params: idParams,
  query: z.object({ item: itemKey.optional(), cursor, limit }),
  body: null,
  response: commentPage,
  handle: async ({ actor, params: { id }, query }) => ({ body: await listComments(actor, id, query) }),
});

export const addCommentEndpoint = defineEndpoint({
  id: "addComment",
  method: "POST",
  path: "/deployments/{id}/comments",
  summary: "Comment on a deployment, or on one of its items",
  description: "Plain text. `mentions` holds the ids of the people named in it, who must see the record.",
  tag: TAG,
  action: "comment.write",
  params: idParams,
  query: none,
  body: z.strictObject({ text: commentText, item: itemKey.nullish(), mentions }),
  response: z.object({ commentId: z.uuid() }),
  status: 201,
  handle: async ({ actor, params: { id }, body, newId, ifRevision }) => {
    const input = { ...body, item: body.item ?? null, deploymentId: id, ifRevision };
    return { body: { commentId: await addComment(actor, valid(addCommentInput, input), newId) } };
  },
});

export const editCommentEndpoint = defineEndpoint({
  id: "editComment",
  method: "PUT",
  path: "/deployments/{id}/comments/{comment}",
  summary: "Say a comment differently",
  description:
    "Its author alone. `mentions` takes the place of whom it named; whoever it names anew is told. What it said before stays in the history.",
  tag: TAG,
  action: "comment.write",
  params: commentParams,
  query: none,
  body: z.strictObject({ text: commentText, mentions }),
  response: changed,
  handle: async ({ actor, params: { id, comment }, body, ifRevision }) => {
    await editComment(actor, { ...body, deploymentId: id, commentId: comment, ifRevision });
    return replyChanged(actor, id);
  },
});

export const deleteCommentEndpoint = defineEndpoint({
  id: "deleteComment",
  method: "DELETE",
  path: "/deployments/{id}/comments/{comment}",
  summary: "Delete a comment",
  description:
    "Its author or a team lead, visibly; what it said stays in the history. A deleted one stays as it is.",
  tag: TAG,
  action: "comment.write",
  params: commentParams,
  query: none,
  body: null,
  response: changed,
  handle: async ({ actor, params: { id, comment }, ifRevision }) => {
    await deleteComment(actor, { deploymentId: id, commentId: comment, ifRevision });
    return replyChanged(actor, id);
  },
});

export const listDeploymentPeopleEndpoint = defineEndpoint({
  id: "listDeploymentPeople",
  method: "GET",
  path: "/deployments/{id}/people",
  summary: "Who sees a deployment",
  description: "Whom a comment can name, and who may own an item.",
  tag: TAG,
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: people,
  handle: async ({ actor, params: { id } }) => ({ body: { people: await listDeploymentPeople(actor, id) } }),
});
