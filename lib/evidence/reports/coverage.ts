import { z } from "zod";
import { checkResult, type CheckResult } from "#lib/domain/check-result.ts";

export const coverageParameters = z.object({
  metric: z.literal("coverage"),
  atLeast: z.number().min(0).max(100),
});

/** Lines that tests ran, of all lines that could run. */
export type LineCoverage = { readonly covered: number; readonly total: number; readonly files: number };

/** Judges line coverage; a report without a line tells nothing. */
export function judgeCoverage(
  { covered, total, files }: LineCoverage,
  { metric, atLeast }: z.infer<typeof coverageParameters>,
): CheckResult {
  if (total === 0) return checkResult("unknown", "The report measures no line");
  // Down, so that 79.996 % is not shown as the 80 % that it misses.
  const percent = Math.floor((covered / total) * 10_000) / 100;
  const inFiles = files === 0 ? "" : ` in ${files === 1 ? "1 file" : `${files} files`}`;
  return checkResult(
    percent >= atLeast ? "pass" : "fail",
    `${percent} % of ${total} lines${inFiles} are covered; at least ${atLeast} % is required`,
    [],
    { [metric]: percent },
  );
}
