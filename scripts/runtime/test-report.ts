import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

export type Count = { readonly passed: number; readonly failed: number };

// A run of the promises counts in the words of vitest.
const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** How many tests a runner says it ran; one failed when it left no report at all. */
export function readReport(form: "vitest" | "playwright" | "promises", path: string): Count {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const json: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (form !== "playwright") {
    const { numPassedTests, numFailedTests } = vitestReport.parse(json);
    return { passed: numPassedTests, failed: numFailedTests };
  }
  const { expected, unexpected, flaky } = playwrightReport.parse(json).stats;
  return { passed: expected, failed: unexpected + flaky };
}
