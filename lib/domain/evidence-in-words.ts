import type { EvidenceContent } from "./evidence.ts";
import { SLO_METRICS, type SloMetric } from "./slo.ts";
import { minuteInWords } from "./time.ts";

/** Evidence in a few words: `a link to Report`, `API latency P95 312 ms`. */
export function evidenceInWords(content: EvidenceContent): string {
  switch (content.kind) {
    case "note":
      return "a note";
    case "link":
      return `a link (${content.title ?? content.url})`;
    case "measurement":
      return Object.entries(content.values)
        .map(([metric, value]) => measuredInWords(metric, value))
        .join(", ");
    case "time":
      return `the time ${minuteInWords(content.at)}`;
    case "rotation":
      return "the dates of rotation";
    case "file":
      return `the file ${content.name}`;
    case "check":
      return `${content.title}${content.label === null ? "" : ` (${content.label})`}: ${VERDICTS[content.verdict]}`;
  }
}

const VERDICTS = { pass: "passed", fail: "failed", unknown: "could not tell" } as const;

function measuredInWords(metric: string, value: number): string {
  if (!isSloMetric(metric)) return `${metric} ${value}`;
  const { title, unit } = SLO_METRICS[metric];
  return `${title} ${value} ${unit}`;
}

function isSloMetric(metric: string): metric is SloMetric {
  return metric in SLO_METRICS;
}
