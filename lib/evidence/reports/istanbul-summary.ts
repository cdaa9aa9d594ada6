import { z } from "zod";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { coverageParameters, judgeCoverage } from "./coverage.ts";
import { readJson } from "./json-report.ts";

const count = z.int().min(0);
const entry = z.object({ lines: z.object({ total: count, covered: count }) });
const summary = z.object({ total: entry }).catchall(z.unknown());

/** `coverage-summary.json` of Istanbul's json-summary reporter. */
export const istanbulSummary = defineReport({
  key: "istanbul-summary",
  title: "Istanbul coverage",
  source: "coverage-summary.json of vitest, jest, nyc and c8 (reporter json-summary)",
  parameters: coverageParameters,
  parse: (text) => {
    const { total, ...files } = readJson(text, summary, "an Istanbul summary");
    if (total.lines.covered > total.lines.total) {
      throw new Unreadable("Not an Istanbul summary: more lines are covered than there are");
    }
    return { ...total.lines, files: Object.keys(files).length };
  },
  evaluate: judgeCoverage,
});
