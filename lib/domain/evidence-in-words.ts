import type { EvidenceContent } from "./evidence.ts";
import { SLO_METRICS } from "./slo.ts";
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
      return Object.entries(content.values).map(measuredInWords).join(", ");
    case "time":
      return `the time ${minuteInWords(content.at)}`;
    case "rotation":
      return `the last rotation (${rotatedInWords(content.rotatedOn)})`;
    case "file":
      return `the file ${content.name}`;
    case "check":
      return `${content.title}${content.label === null ? "" : ` (${content.label})`}: ${VERDICTS[content.verdict]}`;
  }
}

const VERDICTS = { pass: "passed", fail: "failed", unknown: "could not tell" } as const;

// What the checklist calls what it asks for: an event, and a record whose checklist is not at hand, tell
// it so too. What no checklist asks for goes by its key.
const MEASURES = new Map<string, { title: string; unit: string }>(
  Object.entries({ ...SLO_METRICS, coverage: { title: "Test coverage", unit: "%" } }),
);
const SECRETS = new Map([
  ["ssh", "SSH keys"],
  ["ci", "CI secrets"],
  ["database", "Database credentials"],
  ["api", "API keys"],
]);

function measuredInWords([metric, value]: readonly [string, number]): string {
  const measure = MEASURES.get(metric);
  return measure === undefined ? `${metric} ${value}` : `${measure.title} ${value} ${measure.unit}`;
}

/** In the checklist's order, whichever order they were given in. */
function rotatedInWords(rotatedOn: Readonly<Record<string, string>>): string {
  const keys = [...SECRETS.keys()];
  const placeOf = (key: string) => (SECRETS.has(key) ? keys.indexOf(key) : keys.length);
  return Object.entries(rotatedOn)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
    .map(([key, day]) => `${SECRETS.get(key) ?? key} ${writeDay(day) || day}`)
    .join(", ");
}
