import { z } from "zod";
import { openDeploymentInput, type ParsedOpenDeployment } from "#lib/domain/inputs/deployments.ts";
import { line } from "#lib/domain/inputs/text.ts";
import { STATUSES } from "#lib/domain/status.ts";
import { getDeployment, getRevision } from "#lib/queries/get-deployment.ts";
import { listDeployments } from "#lib/queries/list-deployments.ts";
import { countAttempt } from "#lib/services/attempt-limits.ts";
import { openDeployment } from "#lib/services/deployments.ts";
import { defineEndpoint } from "../endpoint.ts";
import { entityTag } from "../entity-tag.ts";
import { deployment, deploymentRow } from "../schemas/deployment.ts";
import { cursor, idParams, limit, none } from "../schemas/parameters.ts";

const TAG = "Deployments";

export const openDeploymentEndpoint = defineEndpoint({
  id: "openDeployment",
  method: "POST",
  path: "/deployments",
  summary: "Open a deployment",
  description: "Opens a record with a copy of the checklist template.",
  tag: TAG,
  action: "deployment.open",
  params: none,
  query: none,
  body: openDeploymentInput,
  response: deployment,
  status: 201,
  makesRecord: true,
  handle: async ({ actor, body, newId }) => {
    await countAttempt("opening", actor.id);
    const id = await openDeployment(actor, body satisfies ParsedOpenDeployment, newId);
    const view = await getDeployment(actor, id);
    return { body: view, headers: { location: `/api/v1/deployments/${id}`, etag: entityTag(view) } };
  },
});

export const listDeploymentsEndpoint = defineEndpoint({
  id: "listDeployments",
  method: "GET",
  path: "/deployments",
  summary: "List deployments",
  description: "The deployments that the caller may see, newest first.",
  tag: TAG,
  action: "deployment.view",
  params: none,
  query: z.object({
    search: line(100).optional().describe("Part of a service, version, commit or environment"),
    service: line(100).optional(),
    status: z.enum(STATUSES).optional(),
    cursor,
    limit,
  }),
  body: null,
  response: z.object({ deployments: z.array(deploymentRow), nextCursor: z.string().nullable() }),
  handle: async ({ actor, query: { status, ...filter } }) => {
    const { rows, nextCursor } = await listDeployments(actor, {
      ...filter,
      status: status === undefined ? undefined : [status],
    });
    return { body: { deployments: rows, nextCursor } };
  },
});

export const getDeploymentEndpoint = defineEndpoint({
  id: "getDeployment",
  method: "GET",
  path: "/deployments/{id}",
  summary: "Read a deployment",
  description: "The whole record as its caller sees it; 304 while it is as the caller has it.",
  tag: TAG,
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: deployment,
  handle: async ({ actor, params: { id }, headers }) => {
    const view = await getDeployment(actor, id, await getRevision(actor, id));
    const etag = entityTag(view);
    if (headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: { etag } });
    return { body: view, headers: { etag, "cache-control": "private, no-cache" } };
  },
});
