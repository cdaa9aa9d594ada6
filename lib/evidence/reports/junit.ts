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
  "@status": z.string().default(""),
  failure: outcome,
  error: outcome,
  skipped: outcome,
});

type Case = z.infer<typeof testCase>;
type Suite = {
  readonly "@name": string;
  readonly "@tests": number;
  readonly "@failures": number;
  readonly "@errors": number;
  readonly failure: readonly unknown[];
  readonly error: readonly unknown[];
  readonly testcase: readonly Case[];
  /** Suites in it, and whatever other elements may hold some. */
  readonly inner: readonly Suite[];
};
type Report = { readonly cases: readonly Case[]; readonly suiteFindings: readonly Finding[] };

const count = z.coerce.number().catch(0).default(0);
const LEAVES = ["failure", "error", "skipped", "testcase", "properties", "system-out", "system-err"];

// An element without content is an empty text.
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.preprocess(
    (element) => (typeof element === "string" ? {} : element),
    z
      .looseObject({
        "@name": z.string().default("A suite"),
        "@tests": count,
        "@failures": count,
        "@errors": count,
        failure: outcome,
        error: outcome,
        testcase: z.array(testCase).default([]),
      })
      .transform((element) => ({ ...element, inner: z.array(suite).parse(innerOf(element)) })),
  ),
);
const report = z.union([z.object({ testsuites: suite }), z.object({ testsuite: z.array(suite).min(1) })]);

/** JUnit XML; counted from the test cases, and held against the attributes that sum them up. */
export const junit = defineReport({
  key: "junit",
  title: "JUnit tests",
  source: "JUnit XML of vitest, jest, pytest, playwright, go-junit-report and others",
  parameters: z.object({}),
  parse: (text): Report => {
    const xml = readXml(text, "a JUnit report", ["testsuite", "testcase", "failure", "error", "skipped"]);
    const result = report.safeParse(xml);
    if (!result.success) throw new Unreadable("Not a JUnit report: there is no `testsuite`");
    const suites = "testsuites" in result.data ? [result.data.testsuites] : result.data.testsuite;
    return joined(suites.map(read));
  },
  evaluate: ({ cases, suiteFindings }) => {
    const failed = cases.filter(hasFailed);
    const skipped = cases.filter((entry) => !hasFailed(entry) && entry.skipped.length > 0);
    const passed = cases.length - failed.length - skipped.length;
    const findings = [
      ...suiteFindings,
      ...failed.map((entry) => findingOf(entry, "fail")),
      ...skipped.map((entry) => findingOf(entry, "info")),
    ];
    const clear: readonly Finding[] =
      passed > 0 ? [{ level: "pass", title: `${passed} tests passed`, detail: null }] : [];
    const summary = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
    return checkResult(verdictOf([...findings, ...clear]), summary, findings);
  },
});

function innerOf(element: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(element).flatMap(([name, value]) =>
    name.startsWith("@") || name.startsWith("#") || LEAVES.includes(name)
      ? []
      : [value].flat().filter((entry) => typeof entry === "object"),
  );
}

function hasFailed({ failure, error, "@status": status }: Case): boolean {
  const said = ["failed", "failure", "error"].includes(status.toLowerCase());
  return said || failure.length + error.length > 0;
}

function joined(reports: readonly Report[]): Report {
  return {
    cases: reports.flatMap(({ cases }) => cases),
    suiteFindings: reports.flatMap(({ suiteFindings }) => suiteFindings),
  };
}

// What a suite says of itself: faults outside its cases, failures that it counts and does not list.
function read({ "@name": title, ...given }: Suite): Report {
  const inner = joined(given.inner.map(read));
  const cases = [...given.testcase, ...inner.cases];
  const failing = cases.filter(hasFailed).length;
  const counted = given["@failures"] + given["@errors"];
  const faults: readonly Finding[] = [
    ...(given.failure.length + given.error.length > 0
      ? [{ level: "fail" as const, title, detail: "It failed outside its tests" }]
      : []),
    ...(counted > failing
      ? [{ level: "fail" as const, title, detail: `It counts ${counted} failures and lists ${failing}` }]
      : []),
    ...(given["@tests"] > cases.length
      ? [
          {
            level: "unknown" as const,
            title,
            detail: `It counts ${given["@tests"]} tests and lists ${cases.length}`,
          },
        ]
      : []),
  ];
  return { cases, suiteFindings: [...faults, ...inner.suiteFindings] };
}

function findingOf(entry: Case, level: "fail" | "info"): Finding {
  const [first] = [...entry.failure, ...entry.error, ...entry.skipped];
  const message = typeof first === "string" ? first : (first?.["@message"] ?? "");
  const title = entry["@classname"] === "" ? entry["@name"] : `${entry["@classname"]}: ${entry["@name"]}`;
  return { level, title, detail: message || null };
}
