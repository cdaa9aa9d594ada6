import { z } from "zod";
import { addCommentInput, commentText, mentions } from "#lib/domain/inputs/comments.ts";
import { itemKey } from "#lib/domain/inputs/text.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { listDeploymentPeople } from "#lib/queries/deployment-people.ts";
import { listComments } from "#lib/queries/list-comments.ts";
import { addComment } from "#lib/services/comments.ts";
import { defineEndpoint } from "../endpoint.ts";
import { commentPage, people } from "../schemas/comments.ts";
import { cursor, idParams, limit, none } from "../schemas/parameters.ts";

const TAG = "Comments";

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
