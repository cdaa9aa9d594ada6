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
  const [covered, total] = [sum(hitLines), sum(allLines)];
  if (!sections.every((section) => hitLines(section) >= 0 && hitLines(section) <= allLines(section)))
    throw new Unreadable("Not an lcov tracefile: its line counts do not add up");
  return { covered, total, files: sections.length };
}

// The lines themselves tell; their sums count only where no line is listed.
function hitLines({ lines }: Section): number {
  return lines.details.length === 0 ? lines.hit : lines.details.filter(({ hit }) => hit > 0).length;
}

function allLines({ lines }: Section): number {
  return lines.details.length === 0 ? lines.instrumented : lines.details.length;
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
