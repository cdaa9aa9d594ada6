import { z } from "zod";
import { getDeploymentEvent, listDeploymentEvents, searchEvents } from "#lib/queries/list-events.ts";
import { defineEndpoint } from "../endpoint.ts";
import { event } from "../schemas/deployment.ts";
import { eventParams, eventQuery, idParams, none, searchQuery } from "../schemas/parameters.ts";

const TAG = "History";
const page = z.object({ events: z.array(event), nextCursor: z.string().nullable() });

export const listDeploymentEventsEndpoint = defineEndpoint({
  id: "listDeploymentEvents",
  method: "GET",
  path: "/deployments/{id}/events",
  summary: "The history of a deployment",
  description: "Newest first.",
  tag: TAG,
  action: "deployment.view",
  params: idParams,
  query: eventQuery,
  body: null,
  response: page,
  handle: async ({ actor, params: { id }, query: { actor: actorId, ...filter } }) => ({
    body: await listDeploymentEvents(actor, id, { ...filter, actorId }),
  }),
});

export const getDeploymentEventEndpoint = defineEndpoint({
  id: "getDeploymentEvent",
  method: "GET",
  path: "/deployments/{id}/events/{seq}",
  summary: "One event of a deployment",
  description: "With the text that its hash covers.",
  tag: TAG,
  action: "deployment.view",
  params: eventParams,
  query: none,
  body: null,
  response: event,
  handle: async ({ actor, params: { id, seq } }) => ({ body: await getDeploymentEvent(actor, id, seq) }),
});

export const searchEventsEndpoint = defineEndpoint({
  id: "searchEvents",
  method: "GET",
  path: "/events",
  summary: "Search the history of all deployments",
  description: "Newest first; for auditors, admins and team leads.",
  tag: TAG,
  action: "history.search",
  params: none,
  query: searchQuery,
  body: null,
  response: page,
  handle: async ({ actor, query: { actor: actorId, ...filter } }) => ({
    body: await searchEvents(actor, { ...filter, actorId }),
  }),
});
