import { z } from "zod";
import { checkResult, verdictOf, type CheckContext, type Finding } from "#lib/domain/check-result.ts";
import { meetsSlo, SLO_METRICS } from "#lib/domain/slo.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const METRICS = ["apiLatencyP95Ms", "apiLatencyP99Ms", "errorRatePercent"] as const;
type Metric = (typeof METRICS)[number];

const figures = z.looseObject({});
const metric = z.looseObject({ values: figures.optional() });
// Of the others, which may be many, only the thresholds count.
const report = z.object({
  metrics: z.looseObject({
    http_reqs: z.looseObject({ values: figures.optional() }, "There is no metric http_reqs"),
    http_req_duration: metric.optional(),
    http_req_failed: metric.optional(),
    checks: metric.optional(),
  }),
});

type Report = z.infer<typeof report>;
type Figures = Readonly<Record<string, unknown>>;

/** A k6 end-of-test summary, judged against the deployment's SLO targets. */
export const k6 = defineReport({
  key: "k6",
  title: "k6 load test",
  source: "k6 run --summary-export=summary.json --summary-trend-stats 'avg,p(95),p(99)'",
  parameters: z.object({ metrics: z.array(z.enum(METRICS)).min(1) }),
  parse: (text) => readJson(text, report, "a k6 summary"),
  evaluate: (summary, { metrics }, context) => {
    const measured = metrics.map((name) => ({ name, value: valueOf(summary, name) }));
    const findings = [
      ...requestsFinding(summary),
      ...measured.map((entry) => findingOf(entry, context)),
      ...checksFinding(summary, context),
      ...failedThresholds(summary),
    ];
    const values = Object.fromEntries(
      measured.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
    );
    const words = measured.map(
      ({ name, value }) => `${SLO_METRICS[name].title} ${value ?? "?"} ${SLO_METRICS[name].unit}`,
    );
    return checkResult(verdictOf(findings), words.join(", "), findings, values);
  },
});

function valueOf({ metrics }: Report, name: Metric): number | null {
  const duration = figuresOf(metrics.http_req_duration);
  const failed = figuresOf(metrics.http_req_failed);
  switch (name) {
    case "apiLatencyP95Ms":
      return figure(duration["p(95)"], 1);
    case "apiLatencyP99Ms":
      return figure(duration["p(99)"], 1);
    case "errorRatePercent":
      return figure(failed["rate"] ?? failed["value"], 100);
  }
}

// Without a request there is no latency and no error, which is not the same as good ones.
function requestsFinding({ metrics }: Report): readonly Finding[] {
  const count = figure(figuresOf(metrics.http_reqs)["count"], 1) ?? 0;
  return count > 0 ? [] : [{ level: "unknown", title: "No request was made", detail: null }];
}

// A check that fails is an answer that is wrong: no more of them than of errors.
function checksFinding({ metrics }: Report, { slo }: CheckContext): readonly Finding[] {
  const failed = failedChecks(figuresOf(metrics.checks));
  if (failed === null || failed.percent === 0) return [];
  const level = meetsSlo("errorRatePercent", failed.percent, slo) ? "info" : "fail";
  return [{ level, title: `${failed.words} checks failed`, detail: null }];
}

// Some summaries count the checks, others only say which share of them passed.
function failedChecks({ passes, fails, rate, value }: Figures): { percent: number; words: string } | null {
  const [good, bad] = [figure(passes, 1), figure(fails, 1)];
  if (good !== null && bad !== null) {
    return { percent: percentOf(bad, good + bad), words: `${bad} of ${good + bad}` };
  }
  const passed = figure(rate ?? value, 100);
  if (passed === null) return null;
  const percent = figure(100 - Math.min(passed, 100), 1) ?? 0;
  return { percent, words: `${percent} % of the` };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (figure(part / whole, 100) ?? 100);
}

// `--summary-export` writes a metric's figures at once, `handleSummary` under `values`.
function figuresOf(given: z.infer<typeof metric> | undefined): Figures {
  return given?.values ?? given ?? {};
}

function figure(value: unknown, factor: number): number | null {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return null;
  return Math.round(value * factor * 1000) / 1000;
}

function findingOf({ name, value }: { name: Metric; value: number | null }, { slo }: CheckContext): Finding {
  const { title, unit, compare } = SLO_METRICS[name];
  const target = `target: ${compare} ${slo[name]} ${unit}`;
  if (value !== null)
    return {
      level: meetsSlo(name, value, slo) ? "pass" : "fail",
      title: `${title} ${value} ${unit}`,
      detail: target,
    };
  const hint = name === "apiLatencyP99Ms" ? "run k6 with --summary-trend-stats 'p(95),p(99)'" : target;
  return { level: "unknown", title: `${title} is not in the summary`, detail: hint };
}

// True in `--summary-export` means crossed; `handleSummary` says `{ ok: false }`.
function failedThresholds({ metrics }: Report): readonly Finding[] {
  return Object.entries(metrics).flatMap(([name, given]) =>
    Object.entries(Object(partOf(given, "thresholds")))
      .filter(([, state]) => state === true || partOf(state, "ok") === false)
      .map(([expression]): Finding => ({
        level: "fail",
        title: `Threshold crossed: ${name}`,
        detail: expression,
      })),
  );
}

function partOf(value: unknown, key: string): unknown {
  return Object.entries(value instanceof Object ? value : {}).find(([name]) => name === key)?.[1];
}
