import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { meetsSlo, SLO_METRICS, type SloTargets } from "#lib/domain/slo.ts";
import { defineLive } from "../checker.ts";
import { queryPrometheus } from "./prometheus-api.ts";

const metric = z.enum(["errorRatePercent", "apiLatencyP95Ms", "apiLatencyP99Ms"]);
type Measured = {
  readonly metric: z.infer<typeof metric>;
  readonly asked: boolean;
  readonly value: number | null;
};

/** Error rate and latency by the service's own queries, judged against the deployment's SLO targets. */
export const prometheusSlo = defineLive({
  key: "prometheus-slo",
  title: "Prometheus against the SLO",
  group: "prometheus",
  parameters: z.object({ metrics: z.array(metric).min(1) }),
  collect: async ({ url, queries }, { metrics }, outside): Promise<readonly Measured[]> =>
    Promise.all(
      metrics.map(async (name) => {
        const query = queries[name];
        return {
          metric: name,
          asked: query !== undefined,
          value: query === undefined ? null : await queryPrometheus(outside, url, query),
        };
      }),
    ),
  evaluate: (measured, _parameters, { slo }) => {
    const findings = measured.map((entry) => findingOf(entry, slo));
    const values = Object.fromEntries(
      measured.flatMap(({ metric: name, value }) => (value === null ? [] : [[name, round(value)]])),
    );
    return checkResult(verdictOf(findings), findings.map(({ title }) => title).join(", "), findings, values);
  },
});

function findingOf({ metric: name, asked, value }: Measured, slo: SloTargets): Finding {
  const { title, unit, compare } = SLO_METRICS[name];
  if (value !== null) {
    const met = meetsSlo(name, round(value), slo);
    return {
      level: met ? "pass" : "fail",
      title: `${title} ${round(value)} ${unit}`,
      detail: `target: ${compare} ${slo[name]} ${unit}`,
    };
  }
  return {
    level: "unknown",
    title: `${title} is not known`,
    detail: asked ? "the query does not answer one number" : "the service gives no query for it",
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
