import { z } from "zod";
import { SERIES_METRICS } from "#lib/domain/slo-series.ts";
import { sloSeries } from "#lib/services/slo-series.ts";
import { defineEndpoint } from "../endpoint.ts";
import { idParams, none } from "../schemas/parameters.ts";

const instant = z.iso.datetime();

export const getSloSeriesEndpoint = defineEndpoint({
  id: "getSloSeries",
  method: "GET",
  path: "/deployments/{id}/slo-series",
  summary: "Error rate and latency over time",
  description:
    "What the service's own Prometheus answers to its queries, over the last hour or from half an hour before T-0, beside the record's SLO targets. Read at most every ten seconds; nothing is kept.",
  tag: "Deployments",
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: z.object({
    configured: z.boolean().describe("Whether the service names a Prometheus at all"),
    from: instant,
    to: instant,
    series: z.array(
      z.object({
        metric: z.enum(SERIES_METRICS),
        title: z.string(),
        unit: z.string(),
        compare: z.string(),
        target: z.number(),
        state: z.enum(["measured", "empty", "not-asked", "unreadable"]),
        message: z.string().nullable().describe("Why it is unreadable"),
        met: z.boolean().nullable().describe("The newest figure against the target"),
        points: z.array(z.object({ at: instant, value: z.number() })),
      }),
    ),
  }),
  handle: async ({ actor, params: { id } }) => ({ body: await sloSeries(actor, id) }),
});
