import { describe, expect, test } from "vitest";
import { judge, verdictOf } from "./judge.ts";

const npm = (severities: readonly string[], total = severities.length) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, index) => [
        `p${index}`,
        { name: `p${index}`, severity, range: "<1", via: [{ title: "ReDoS" }] },
      ]),
    ),
    metadata: { vulnerabilities: { total } },
  });
const bom = (vulnerabilities?: readonly object[]) =>
  JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", vulnerabilities });
const sarif = (results: readonly object[], rules: readonly object[] = [], more: object = {}) =>
  JSON.stringify({
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "scan", rules } }, results, ...more }],
  });
const told = (level: string) => ({
  invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level }] }],
});
const lcov = (hit: number, found: number) =>
  `TN:\nSF:src/a.ts\n${Array.from({ length: found }, (_none, line) => `DA:${line + 1},${line < hit ? 1 : 0}`).join("\n")}\nLF:${found}\nLH:${hit}\nend_of_record\n`;
const cobertura = (covered: number, valid: number) =>
  `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage line-rate="0.9" lines-covered="${covered}" lines-valid="${valid}" version="1"></coverage>`;
const istanbul = (covered: number, total: number) =>
  JSON.stringify({ total: { lines: { total, covered, skipped: 0, pct: 1 } }, "/a.ts": {} });
const junit = (cases: string) =>
  `<?xml version="1.0"?><testsuites><testsuite name="a"><testsuite name="b">${cases}</testsuite></testsuite></testsuites>`;
const PASSED = '<testcase classname="a" name="works"/>';
const FAILED =
  '<testcase classname="a" name="breaks"><failure message="expected 1">stack</failure></testcase>';
const SKIPPED = '<testcase name="later"><skipped/></testcase>';
const k6 = (p95: number, p99: number | undefined, rate: number) =>
  JSON.stringify({
    metrics: {
      http_reqs: { count: 9 },
      http_req_duration: { "p(95)": p95, "p(99)": p99 },
      http_req_failed: { value: rate },
    },
  });
const k6Data = (p95: number, p99: number, rate: number, ok = true) =>
  JSON.stringify({
    metrics: {
      http_reqs: { values: { count: 9 } },
      http_req_duration: { values: { "p(95)": p95, "p(99)": p99 }, thresholds: { "p(95)<500": { ok } } },
      http_req_failed: { values: { rate } },
    },
  });
const plan = (actions: readonly string[], more: object = {}) =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [{ address: "aws_s3_bucket.a", change: { actions } }],
    ...more,
  });
const state = (resources: readonly object[]) =>
  JSON.stringify({ version: 4, terraform_version: "1.9.0", serial: 7, lineage: "abc", resources });
const COVERAGE = { metric: "coverage", atLeast: 80 };
const LOAD = { metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms", "errorRatePercent"] };
const BUDGET = { assetKilobytes: 100, totalKilobytes: 150 };

type Row = readonly [checker: string, what: string, report: string, parameters: object, verdict: string];

const ROWS: readonly Row[] = [
  ["npm-audit", "nothing found", npm([]), { failOn: "high" }, "pass"],
  ["npm-audit", "only lesser ones", npm(["low", "moderate"]), { failOn: "high" }, "pass"],
  ["npm-audit", "a high one", npm(["low", "high"]), { failOn: "high" }, "fail"],
  ["npm-audit", "a critical one", npm(["critical"]), { failOn: "high" }, "fail"],
  ["npm-audit", "a list cut short", npm(["low"], 3), { failOn: "high" }, "unknown"],
  [
    "npm-audit",
    "the error of an offline run",
    '{"error":{"code":"ENOAUDIT"}}',
    { failOn: "high" },
    "unreadable",
  ],
  ["pip-audit", "nothing found", '{"dependencies":[{"name":"flask","version":"3","vulns":[]}]}', {}, "pass"],
  ["pip-audit", "the older list", '[{"name":"flask","version":"3","vulns":[]}]', {}, "pass"],
  [
    "pip-audit",
    "one found",
    '{"dependencies":[{"name":"flask","version":"0.5","vulns":[{"id":"PYSEC-1","fix_versions":["1"]}]}]}',
    {},
    "fail",
  ],
  [
    "pip-audit",
    "one skipped",
    '{"dependencies":[{"name":"own","skip_reason":"not on PyPI"}]}',
    {},
    "unknown",
  ],
  ["pip-audit", "no package", '{"dependencies":[]}', {}, "unknown"],
  ["cyclonedx", "none found", bom([]), { failOn: "high" }, "pass"],
  [
    "cyclonedx",
    "a high one",
    bom([{ id: "CVE-1", ratings: [{ severity: "high" }] }]),
    { failOn: "high" },
    "fail",
  ],
  [
    "cyclonedx",
    "a high one that does not affect",
    bom([{ id: "CVE-1", ratings: [{ severity: "high" }], analysis: { state: "not_affected" } }]),
    { failOn: "high" },
    "pass",
  ],
  ["cyclonedx", "one without a severity", bom([{ id: "CVE-1" }]), { failOn: "high" }, "unknown"],
  ["cyclonedx", "an inventory alone", bom(), { failOn: "high" }, "unknown"],
  ["sarif", "no result", sarif([]), { failOn: "error" }, "pass"],
  ["sarif", "an error", sarif([{ ruleId: "r", level: "error" }]), { failOn: "error" }, "fail"],
  ["sarif", "a warning by default", sarif([{ ruleId: "r" }]), { failOn: "warning" }, "fail"],
  ["sarif", "a warning under the limit", sarif([{ ruleId: "r" }]), { failOn: "error" }, "pass"],
  [
    "sarif",
    "the rule's own level",
    sarif([{ ruleId: "r" }], [{ id: "r", defaultConfiguration: { level: "error" } }]),
    { failOn: "error" },
    "fail",
  ],
  [
    "sarif",
    "a severe rule",
    sarif([{ ruleIndex: 0 }], [{ id: "r", properties: { "security-severity": "8.1" } }]),
    { failOn: "error" },
    "fail",
  ],
  [
    "sarif",
    "a suppressed error",
    sarif([{ level: "error", suppressions: [{ kind: "inSource" }] }]),
    { failOn: "error" },
    "pass",
  ],
  [
    "sarif",
    "an aborted run",
    sarif([], [], { invocations: [{ executionSuccessful: false }] }),
    { failOn: "error" },
    "unknown",
  ],
  ["sarif", "an error of the tool's own", sarif([], [], told("error")), { failOn: "error" }, "unknown"],
  ["sarif", "a warning of the tool's own", sarif([], [], told("warning")), { failOn: "error" }, "pass"],
  ["sarif", "no run", '{"version":"2.1.0","runs":[]}', { failOn: "error" }, "unreadable"],
  ["lcov", "enough", lcov(80, 100), COVERAGE, "pass"],
  ["lcov", "too little", lcov(79, 100), COVERAGE, "fail"],
  ["lcov", "cut off", lcov(80, 100).slice(0, 60), COVERAGE, "unreadable"],
  ["cobertura", "enough", cobertura(90, 100), COVERAGE, "pass"],
  ["cobertura", "too little", cobertura(7_999, 10_000), COVERAGE, "fail"],
  ["cobertura", "more than all", cobertura(101, 100), COVERAGE, "unreadable"],
  ["istanbul-summary", "enough", istanbul(80, 100), COVERAGE, "pass"],
  ["istanbul-summary", "too little", istanbul(10, 100), COVERAGE, "fail"],
  ["istanbul-summary", "nothing measured", istanbul(0, 0), COVERAGE, "unknown"],
  ["junit", "all passed", junit(PASSED + SKIPPED), {}, "pass"],
  ["junit", "one failed", junit(PASSED + FAILED), {}, "fail"],
  ["junit", "an error", junit('<testcase name="x"><error/></testcase>'), {}, "fail"],
  ["junit", "all skipped", junit(SKIPPED), {}, "unknown"],
  ["junit", "no test at all", "<testsuites></testsuites>", {}, "unknown"],
  ["junit", "one suite as the root", `<testsuite>${PASSED}</testsuite>`, {}, "pass"],
  ["junit", "another document", "<html><body/></html>", {}, "unreadable"],
  ["k6", "within the targets", k6(312, 688, 0.0004), LOAD, "pass"],
  ["k6", "too slow", k6(501, 688, 0), LOAD, "fail"],
  ["k6", "too many errors", k6(312, 688, 0.01), LOAD, "fail"],
  ["k6", "no P99", k6(312, undefined, 0), LOAD, "unknown"],
  ["k6", "handleSummary's form", k6Data(312, 688, 0), LOAD, "pass"],
  ["k6", "no request metric", '{"metrics":{"vus":{"value":1}}}', LOAD, "unreadable"],
  ["k6", "a threshold crossed", k6Data(312, 688, 0, false), LOAD, "fail"],
  [
    "bundle-stats",
    "webpack within budget",
    '{"assets":[{"name":"a.js","size":1000},{"name":"a.js.map","size":9000000}]}',
    BUDGET,
    "pass",
  ],
  [
    "bundle-stats",
    "esbuild over budget",
    '{"outputs":{"a.js":{"bytes":200000}},"inputs":{}}',
    BUDGET,
    "fail",
  ],
  ["bundle-stats", "size-limit over its own", '[{"name":"main","size":10,"passed":false}]', BUDGET, "fail"],
  ["bundle-stats", "nothing that is shipped", '{"assets":[{"name":"a.png","size":1}]}', BUDGET, "unreadable"],
  ["terraform-plan", "nothing pending", plan(["no-op"]), {}, "pass"],
  ["terraform-plan", "a change pending", plan(["delete", "create"]), {}, "fail"],
  [
    "terraform-plan",
    "a drift",
    plan(["no-op"], { resource_drift: [{ address: "a.b", change: { actions: ["update"] } }] }),
    {},
    "fail",
  ],
  [
    "terraform-plan",
    "an import pending",
    plan(["no-op"], {
      resource_changes: [{ address: "a.b", change: { actions: ["no-op"], importing: { id: "i-1" } } }],
    }),
    {},
    "fail",
  ],
  [
    "terraform-plan",
    "a move pending",
    plan(["no-op"], {
      resource_changes: [{ address: "a.b", previous_address: "a.a", change: { actions: ["no-op"] } }],
    }),
    {},
    "fail",
  ],
  ["terraform-plan", "an aborted plan", plan(["no-op"], { errored: true }), {}, "unknown"],
  ["terraform-plan", "a state", state([]), {}, "unreadable"],
  [
    "terraform-state",
    "a whole state",
    state([{ type: "aws_s3_bucket", name: "a", instances: [{}] }]),
    {},
    "pass",
  ],
  ["terraform-state", "an empty one", state([]), {}, "unknown"],
  ["terraform-state", "a plan", plan(["no-op"]), {}, "unreadable"],
];

test.each(ROWS)("%s: %s", (checker, _what, report, parameters, verdict) => {
  expect(verdictOf(checker, report, parameters)).toBe(verdict);
});

describe("what a result says", () => {
  test("coverage is a measured value, rounded down", () => {
    const { values, summary } = judge("cobertura", cobertura(79_999, 100_000), COVERAGE);
    expect(values).toEqual({ coverage: 79.99 });
    expect(summary).toContain("at least 80 %");
  });

  test("k6 gives its figures in the SLO's units", () => {
    expect(judge("k6", k6(312.25, 688, 0.0004), LOAD).values).toEqual({
      apiLatencyP95Ms: 312.25,
      apiLatencyP99Ms: 688,
      errorRatePercent: 0.04,
    });
  });

  test("the worst findings come first, cut to what the history keeps", () => {
    const many = Array.from({ length: 200 }, () => "low");
    const { findings } = judge("npm-audit", npm([...many, "critical"]), { failOn: "high" });
    expect(findings).toHaveLength(40);
    expect(findings[0]).toMatchObject({ level: "fail", title: "p200 <1: critical" });
    expect(Buffer.byteLength(JSON.stringify(findings))).toBeLessThan(60_000);
  });
});
