import { z } from "zod";
import { environmentName, instant, line, name } from "#lib/domain/inputs/text.ts";
import { dateConflicts } from "#lib/queries/date-conflicts.ts";
import { defineEndpoint } from "../endpoint.ts";
import { freeze } from "../schemas/freeze.ts";
import { none } from "../schemas/parameters.ts";

export const getDateConflictsEndpoint = defineEndpoint({
  id: "getDateConflicts",
  method: "GET",
  path: "/date-conflicts",
  summary: "What would a date meet?",
  description:
    "Before a deployment is opened: freezes that cover the date, and deployments of the service to the environment less than a day away from it. A warning; nothing is refused for it.",
  tag: "Freezes",
  action: "deployment.view",
  params: none,
  query: z.object({
    team: line(100).describe("The exact name of a team"),
    service: name(100),
    environment: environmentName(64),
    at: instant(),
  }),
  body: null,
  response: z.object({
    freezes: z.array(freeze),
    overlaps: z.array(z.object({ id: z.uuid(), version: z.string(), at: z.iso.datetime() })),
  }),
  handle: async ({ actor, query }) => ({ body: await dateConflicts(actor, query) }),
});
