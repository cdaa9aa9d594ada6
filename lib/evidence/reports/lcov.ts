import { lcovParser } from "@friedemannsommer/lcov-parser/sync";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { coverageParameters, judgeCoverage } from "./coverage.ts";

type Section = ReturnType<typeof lcovParser>[number];

/** An lcov tracefile, `lcov.info`. */
export const lcov = defineReport({
  key: "lcov",
  title: "lcov coverage",
  source: "lcov.info of vitest, jest, c8, gcov and others",
  parameters: coverageParameters,
  parse,
  evaluate: judgeCoverage,
});

function parse(text: string) {
  const sections = sectionsOf(text);
  if (sections.length === 0) throw new Unreadable("Not an lcov tracefile: it has no record");
  const sum = (count: (section: Section) => number) =>
    sections.reduce((total, section) => total + count(section), 0);
  const [covered, total] = [sum(({ lines }) => lines.hit), sum(({ lines }) => lines.instrumented)];
  if (!(covered >= 0 && covered <= total))
    throw new Unreadable("Not an lcov tracefile: its line counts do not add up");
  return { covered, total, files: sections.length };
}

function sectionsOf(text: string): readonly Section[] {
  if (!/^end_of_record\s*$/m.test(text.slice(-64)))
    throw new Unreadable("Not a whole lcov tracefile: its end is missing");
  try {
    return lcovParser({ from: text });
  } catch {
    throw new Unreadable("Not an lcov tracefile: it cannot be parsed");
  }
}
