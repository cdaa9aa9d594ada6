import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import { queryPrometheus } from "./prometheus-api.ts";

const RESOURCES = [
  ["cpuPercent", "CPU"],
  ["memoryPercent", "Memory"],
  ["diskPercent", "Disk"],
] as const;

const percent = z.number().positive().max(100);

/** CPU, memory and disk by the service's own queries, against their limits. */
export const prometheusResources = defineLive({
  key: "prometheus-resources",
  title: "Prometheus resources",
  group: "prometheus",
  parameters: z.object({ cpuPercent: percent, memoryPercent: percent, diskPercent: percent }),
  collect: async ({ url, queries }, limits, outside) =>
    Promise.all(
      RESOURCES.map(async ([key, title]) => {
        const query = queries[key];
        return {
          title,
          limit: limits[key],
          value: query === undefined ? null : await queryPrometheus(outside, url, query),
        };
      }),
    ),
  evaluate: (resources) => {
    const findings = resources.map(({ title, limit, value }): Finding => {
      if (value === null)
        return {
          level: "unknown",
          title: `${title} is not known`,
          detail: "no query, or it does not answer one number",
        };
      const used = Math.round(value * 10) / 10;
      return {
        level: used < limit ? "pass" : "fail",
        title: `${title} ${used} %`,
        detail: `limit ${limit} %`,
      };
    });
    return checkResult(verdictOf(findings), findings.map(({ title }) => title).join(", "), findings);
  },
});
