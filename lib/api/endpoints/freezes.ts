import { z } from "zod";
import { createFreezeInput } from "#lib/domain/inputs/freezes.ts";
import { environmentName, instant, line, recordId } from "#lib/domain/inputs/text.ts";
import { listFreezes } from "#lib/queries/list-freezes.ts";
import { createFreeze, endFreeze } from "#lib/services/freezes.ts";
import { defineEndpoint } from "../endpoint.ts";
import { freeze } from "../schemas/freeze.ts";
import { none } from "../schemas/parameters.ts";

const TAG = "Freezes";

export const listFreezesEndpoint = defineEndpoint({
  id: "listFreezes",
  method: "GET",
  path: "/freezes",
  summary: "List freeze windows",
  description:
    "The windows over the teams that the caller sees and over every team, at most 500, the earliest first. While one stands, the gate before T-0 has the blocker `freeze-window`.",
  tag: TAG,
  action: "deployment.view",
  params: none,
  query: z.object({
    team: line(100).optional().describe("The exact name of a team"),
    environment: environmentName(64).optional(),
    from: instant().optional().describe("Windows that hold at any moment from here"),
    to: instant().optional().describe("… to here"),
  }),
  body: null,
  response: z.object({ freezes: z.array(freeze) }),
  handle: async ({ actor, query }) => ({ body: { freezes: await listFreezes(actor, query) } }),
});

export const createFreezeEndpoint = defineEndpoint({
  id: "createFreeze",
  method: "POST",
  path: "/freezes",
  summary: "Create a freeze window",
  description:
    "Nothing begins at T-0 from `startsAt` until `endsAt`: for a team or, with null, for every team; in an environment or, with null, in all. At most 366 days.",
  tag: TAG,
  action: "freeze.manage",
  params: none,
  query: none,
  body: createFreezeInput,
  response: z.object({ id: z.uuid() }),
  status: 201,
  handle: async ({ actor, body, newId }) => ({ body: { id: await createFreeze(actor, body, newId) } }),
});

export const endFreezeEndpoint = defineEndpoint({
  id: "endFreeze",
  method: "POST",
  path: "/freezes/{freeze}/end",
  summary: "End a freeze window",
  description:
    "Before its time; in a session, for no token ends one. One that holds no longer stays as it is. Refused with 403 to whoever opened or deploys a record that it stops, or stopped before the record was moved elsewhere.",
  tag: TAG,
  action: "freeze.end",
  params: z.object({ freeze: recordId }),
  query: none,
  body: null,
  response: z.object({ id: z.uuid() }),
  handle: async ({ actor, params }) => {
    await endFreeze(actor, { freezeId: params.freeze });
    return { body: { id: params.freeze } };
  },
});
