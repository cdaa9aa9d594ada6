import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { readXml } from "./xml-report.ts";

const outcome = z
  .array(z.union([z.string(), z.looseObject({ "@message": z.string().optional() })]))
  .default([]);
const testCase = z.object({
  "@name": z.string().default("without a name"),
  "@classname": z.string().default(""),
  failure: outcome,
  error: outcome,
  skipped: outcome,
});

type Case = z.infer<typeof testCase>;
type Suite = { readonly testcase: readonly Case[]; readonly testsuite: readonly Suite[] };

// An element without content is an empty text.
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.preprocess(
    (element) => (element === "" ? {} : element),
    z.object({ testcase: z.array(testCase).default([]), testsuite: z.array(suite).default([]) }),
  ),
);
const report = z.union([z.object({ testsuites: suite }), z.object({ testsuite: z.array(suite).min(1) })]);

/** JUnit XML; counted from the test cases, not from the attributes that sum them up. */
export const junit = defineReport({
  key: "junit",
  title: "JUnit tests",
  source: "JUnit XML of vitest, jest, pytest, playwright, go-junit-report and others",
  parameters: z.object({}),
  parse: (text) => {
    const xml = readXml(text, "a JUnit report", ["testsuite", "testcase", "failure", "error", "skipped"]);
    const result = report.safeParse(xml);
    if (!result.success) throw new Unreadable("Not a JUnit report: there is no `testsuite`");
    return casesOf("testsuites" in result.data ? [result.data.testsuites] : result.data.testsuite);
  },
  evaluate: (cases) => {
    const failed = cases.filter(({ failure, error }) => failure.length + error.length > 0);
    const skipped = cases.filter((entry) => !failed.includes(entry) && entry.skipped.length > 0);
    const passed = cases.length - failed.length - skipped.length;
    const findings = [
      ...failed.map((entry) => findingOf(entry, "fail")),
      ...skipped.map((entry) => findingOf(entry, "info")),
    ];
    const clear: readonly Finding[] =
      passed > 0 ? [{ level: "pass", title: `${passed} tests passed`, detail: null }] : [];
    const summary = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
    return checkResult(verdictOf([...findings, ...clear]), summary, findings);
  },
});

function casesOf(suites: readonly Suite[]): readonly Case[] {
  return suites.flatMap(({ testcase, testsuite }) => [...testcase, ...casesOf(testsuite)]);
}

function findingOf(entry: Case, level: "fail" | "info"): Finding {
  const [first] = [...entry.failure, ...entry.error, ...entry.skipped];
  const message = typeof first === "string" ? first : (first?.["@message"] ?? "");
  const title = entry["@classname"] === "" ? entry["@name"] : `${entry["@classname"]}: ${entry["@name"]}`;
  return { level, title, detail: message || null };
}
