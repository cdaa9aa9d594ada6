import type { CheckContext } from "#lib/domain/check-result.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { findChecker } from "#lib/evidence/registry.ts";

export const CONTEXT: CheckContext = {
  now: "2026-03-10T12:00:00.000Z",
  t0At: "2026-03-10T11:00:00.000Z",
  slo: DEFAULT_SLO_TARGETS,
  probes: [],
};

/** Judges a report as the registry's checker of that key does. */
export function judge(checker: string, report: string, parameters: unknown = {}) {
  const found = findChecker(checker);
  if (found?.kind !== "report") throw new Error(`no checker of reports ${checker}`);
  return found.read(report).judge(parameters, CONTEXT);
}

/** The verdict, or `unreadable` when the checker says that it is no such report. */
export function verdictOf(checker: string, report: string, parameters: unknown = {}): string {
  try {
    return judge(checker, report, parameters).verdict;
  } catch (error) {
    if (error instanceof Error && error.name === "Unreadable") return "unreadable";
    throw error;
  }
}
