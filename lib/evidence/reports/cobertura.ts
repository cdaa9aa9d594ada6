import { z } from "zod";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { coverageParameters, judgeCoverage, type LineCoverage } from "./coverage.ts";
import { readXml } from "./xml-report.ts";

const count = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const report = z.object({
  coverage: z.object({ "@lines-covered": count, "@lines-valid": count }),
});

/** Cobertura XML, with the counts of lines that its 04 DTD added. */
export const cobertura = defineReport({
  key: "cobertura",
  title: "Cobertura coverage",
  source: "cobertura-coverage.xml of coverage.py, vitest, jest, gcovr and others",
  parameters: coverageParameters,
  parse,
  evaluate: judgeCoverage,
});

function parse(text: string): LineCoverage {
  // Its writers name the DTD; nothing is read from there.
  const xml = readXml(
    text.replace(/<!DOCTYPE\s+coverage\s+SYSTEM\s+(["'])[^"'<>]{0,200}\1\s*>/, ""),
    "a Cobertura report",
    [],
  );
  const result = report.safeParse(xml);
  if (!result.success)
    throw new Unreadable("Not a Cobertura report: `lines-covered` and `lines-valid` are missing");
  const { "@lines-covered": covered, "@lines-valid": total } = result.data.coverage;
  if (covered > total) throw new Unreadable("Not a Cobertura report: more lines are covered than there are");
  return { covered, total, files: 0 };
}
