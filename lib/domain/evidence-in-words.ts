import type { EvidenceContent } from "./evidence.ts";
import { isSloMetric, SLO_METRICS } from "./slo.ts";
import { minuteInWords } from "./time.ts";
import { writeDay } from "./typed-dates.ts";

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
      return `the last rotation (${Object.entries(content.rotatedOn).map(rotatedInWords).toSorted().join(", ")})`;
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

function rotatedInWords([secrets, day]: readonly [string, string]): string {
  return `${secrets} ${writeDay(day) || day}`;
}
