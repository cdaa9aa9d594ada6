import type { Instant } from "./deployment.ts";
import type { SloTargets } from "./slo.ts";

/** What a machine says of an item. `unknown` is for whatever it could not tell, and never passes. */
export type Verdict = "pass" | "fail" | "unknown";

/** One line of a check's result: what was looked at, and how it stands. */
export type Finding = {
  readonly level: "pass" | "fail" | "unknown" | "info";
  readonly title: string;
  readonly detail: string | null;
};

export type CheckResult = {
  readonly verdict: Verdict;
  /** One sentence for people. */
  readonly summary: string;
  /** The worst first, at most `FINDINGS_KEPT`. */
  readonly findings: readonly Finding[];
  /** Measured values by metric, in the metric's own unit; empty when nothing was measured. */
  readonly values: Readonly<Record<string, number>>;
};

/** One look at something that has to stay well for a while. */
export type Probe = { readonly at: Instant; readonly ok: boolean; readonly detail: string };

/** What a judgement may depend on besides the report or the observation itself. */
export type CheckContext = {
  readonly now: Instant;
  readonly t0At: Instant | null;
  readonly slo: SloTargets;
  /** Earlier probes by the same checker on the same item, oldest first. */
  readonly probes: readonly Probe[];
};

export const FINDINGS_KEPT = 40;
const SUMMARY_LENGTH = 400;
const TITLE_LENGTH = 150;
const DETAIL_LENGTH = 300;

const WORST_FIRST: Readonly<Record<Finding["level"], number>> = { fail: 0, unknown: 1, info: 2, pass: 3 };

const TOO_LARGE = "A figure is larger than any number that can be judged";

/**
 * A result that fits the history: texts cut to their lengths, the worst findings first. Figures that went
 * beyond all numbers while they were reckoned with are `unknown`.
 */
export function checkResult(
  verdict: Verdict,
  summary: string,
  findings: readonly Finding[] = [],
  values: Readonly<Record<string, number>> = {},
): CheckResult {
  if (!Object.values(values).every(Number.isFinite)) return checkResult("unknown", TOO_LARGE, findings);
  return {
    verdict,
    summary: cut(summary, SUMMARY_LENGTH),
    findings: findings
      .toSorted((a, b) => WORST_FIRST[a.level] - WORST_FIRST[b.level])
      .slice(0, FINDINGS_KEPT)
      .map(({ level, title, detail }) => ({
        level,
        title: cut(title, TITLE_LENGTH),
        detail: detail === null ? null : cut(detail, DETAIL_LENGTH),
      })),
    values,
  };
}

/** Passes when nothing failed and nothing stayed unknown; says nothing of what it did not look at. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ level }) => level === "fail")) return "fail";
  if (findings.some(({ level }) => level === "unknown")) return "unknown";
  return findings.some(({ level }) => level === "pass") ? "pass" : "unknown";
}

// What came from outside may hold half of a character or something a terminal would act on.
function cut(text: string, length: number): string {
  const clean = text
    .toWellFormed()
    .replace(/[\u0000-\u001F\u007F]+/g, " ")
    .trim();
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed()}…`;
}
