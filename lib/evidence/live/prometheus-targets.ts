import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import { getPrometheus } from "./prometheus-api.ts";
import { readAnswer } from "./read-answer.ts";

const target = z.object({
  labels: z.looseObject({ job: z.string().default(""), instance: z.string().default("") }),
  health: z.string(),
});
const targets = z.object({
  status: z.literal("success"),
  data: z.object({ activeTargets: z.array(target) }),
});

/** What a target's health says; one of any other was not scraped yet. */
const LEVELS = new Map<string, Finding["level"]>([
  ["up", "pass"],
  ["down", "fail"],
]);

export const prometheusTargets = defineLive({
  key: "prometheus-targets",
  title: "Prometheus targets",
  group: "prometheus",
  parameters: z.object({}),
  collect: async ({ url, jobs }, _parameters, outside) => {
    const body = await getPrometheus(outside, url, "api/v1/targets?state=active");
    return { jobs, active: readAnswer(body, targets, "a list of Prometheus targets").data.activeTargets };
  },
  evaluate: ({ jobs, active }) => {
    const looked = jobs.length === 0 ? active : active.filter(({ labels }) => jobs.includes(labels.job));
    const absent = jobs.filter((job) => !active.some(({ labels }) => labels.job === job));
    const findings: readonly Finding[] = [
      ...absent.map((job): Finding => ({ level: "fail", title: `Job ${job}`, detail: "has no target" })),
      ...looked.map(({ labels, health }): Finding => ({
        level: LEVELS.get(health) ?? "unknown",
        title: `${labels.job} ${labels.instance}`,
        detail: health,
      })),
    ];
    if (findings.length === 0) return checkResult("unknown", "Prometheus scrapes nothing");
    const up = findings.filter(({ level }) => level === "pass").length;
    return checkResult(verdictOf(findings), `${up} of ${findings.length} targets are up`, findings);
  },
});
