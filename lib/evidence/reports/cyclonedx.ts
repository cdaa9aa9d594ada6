import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";
import { counts, isAtLeast, SEVERITIES, type Severity } from "./severity.ts";

const rating = z.object({ severity: z.string().optional(), score: z.number().optional() });
const vulnerability = z.object({
  id: z.string().default("without an id"),
  ratings: z.array(rating).default([]),
  analysis: z.object({ state: z.string().optional() }).optional(),
  affects: z.array(z.object({ ref: z.string() })).default([]),
});
const bom = z.object({
  bomFormat: z.literal("CycloneDX", "There is no `bomFormat` CycloneDX"),
  specVersion: z.string(),
  vulnerabilities: z.array(vulnerability).optional(),
});

const DISMISSED = ["not_affected", "resolved", "resolved_with_pedigree", "false_positive"];
const NAMES: Readonly<Record<string, Severity>> = {
  critical: "critical",
  high: "high",
  medium: "moderate",
  low: "low",
  info: "info",
  none: "info",
};

/** A CycloneDX 1.4+ bill of materials with the vulnerabilities that a scanner wrote into it. */
export const cycloneDx = defineReport({
  key: "cyclonedx",
  title: "CycloneDX vulnerabilities",
  source: "a scanner's CycloneDX JSON, such as trivy fs --format cyclonedx --scanners vuln",
  parameters: z.object({ failOn: z.enum(SEVERITIES) }),
  parse: (text) => readJson(text, bom, "a CycloneDX document"),
  evaluate: ({ vulnerabilities }, { failOn }) => {
    if (vulnerabilities === undefined) {
      return checkResult("unknown", "An inventory without `vulnerabilities`: nobody has looked for any");
    }
    const counted = vulnerabilities.filter((entry) => !DISMISSED.includes(entry.analysis?.state ?? ""));
    const findings = vulnerabilities.map((entry) => findingOf(entry, failOn));
    const clear: Finding = {
      level: "pass",
      title: `No vulnerability of severity ${failOn} or above`,
      detail: null,
    };
    const severities = counted.flatMap((entry) => worstOf(entry) ?? []);
    return checkResult(verdictOf([...findings, clear]), counts(severities, failOn), findings);
  },
});

function findingOf(entry: z.infer<typeof vulnerability>, failOn: Severity): Finding {
  const detail = entry.affects.map(({ ref }) => ref).join(", ") || null;
  const state = entry.analysis?.state ?? "";
  if (DISMISSED.includes(state)) return { level: "info", title: `${entry.id}: ${state}`, detail };
  const worst = worstOf(entry);
  if (worst === null) return { level: "unknown", title: `${entry.id}: no severity`, detail };
  return { level: isAtLeast(worst, failOn) ? "fail" : "info", title: `${entry.id}: ${worst}`, detail };
}

// CVSS 3.1, section 5: the scale from scores to words.
function severityOf(score: number): Severity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "moderate";
  return score > 0 ? "low" : "info";
}

function worstOf({ ratings }: z.infer<typeof vulnerability>): Severity | null {
  const known = ratings.flatMap(({ severity = "", score }): readonly Severity[] => {
    const named = Object.hasOwn(NAMES, severity) ? NAMES[severity] : undefined;
    return [...(named === undefined ? [] : [named]), ...(score === undefined ? [] : [severityOf(score)])];
  });
  return known.toSorted((a, b) => SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a))[0] ?? null;
}
