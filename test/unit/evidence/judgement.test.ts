import { describe, expect, test } from "vitest";
import { verdictOf } from "./judge.ts";

const json = (value: unknown) => JSON.stringify(value);
const run = (results: readonly object[], more: object = {}, driver: object = { name: "CodeQL" }) =>
  json({ version: "2.1.0", runs: [{ tool: { driver, ...more }, results }] });
const error = { failOn: "error" };
const severe = {
  id: "js/sql",
  properties: { "security-severity": "8.8" },
  defaultConfiguration: { level: "error" },
};
const load = { metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms", "errorRatePercent"] };
const k6 = (metrics: object) =>
  json({
    metrics: {
      http_reqs: { count: 10 },
      http_req_duration: { "p(95)": 1, "p(99)": 2 },
      http_req_failed: { value: 0 },
      ...metrics,
    },
  });
const audit = (vulnerabilities: object, counted: object, dependencies = 5) =>
  json({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: counted, dependencies: { total: dependencies } },
  });
const low = { a: { name: "a", severity: "low", via: [] } };
const pod = (spec: string, kind = "Deployment") =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: x, namespace: n }\nspec: ${spec}\n`;
const GOOD = "{ runAsNonRoot: true, allowPrivilegeEscalation: false }";
const good = pod(`{ template: { spec: { containers: [{ name: a, securityContext: ${GOOD} }] } } }`);
const bare = "{ containers: [{ name: a }] }";
const task = (more: object) =>
  json({
    family: "f",
    cpu: "1",
    memory: "1",
    containerDefinitions: [
      {
        name: "a",
        image: "a:1",
        user: "5",
        healthCheck: { command: ["CMD", "x"] },
        logConfiguration: { logDriver: "awslogs" },
        ...more,
      },
    ],
  });

describe.each([
  [
    "sarif",
    "a rule of an extension",
    run([{ ruleId: "js/sql" }], { extensions: [{ rules: [severe] }] }),
    error,
    "fail",
  ],
  [
    "sarif",
    "a rule named by reference",
    run([{ rule: { id: "js/sql" } }], {}, { name: "x", rules: [severe] }),
    error,
    "fail",
  ],
  [
    "sarif",
    "a case of a rule",
    run([{ ruleId: "js/sql/1" }], {}, { name: "x", rules: [severe] }),
    error,
    "fail",
  ],
  ["sarif", "the default rule index", run([{ ruleIndex: -1, level: "note" }]), error, "pass"],
  [
    "sarif",
    "a suppression that was rejected",
    run([{ level: "error", suppressions: [{ status: "rejected" }, { status: "accepted" }] }]),
    error,
    "fail",
  ],
  ["sarif", "a result to be reviewed", run([{ kind: "review" }]), error, "unknown"],
  [
    "sarif",
    "a tool that looks for something else",
    run([], {}, { name: "ESLint" }),
    { ...error, tools: ["trivy"] },
    "unknown",
  ],
  [
    "sarif",
    "a tool that looks for it",
    run([], {}, { name: "Trivy" }),
    { ...error, tools: ["trivy"] },
    "pass",
  ],
  ["k6", "no request", k6({ http_reqs: { count: 0 } }), load, "unknown"],
  ["k6", "requests without a count", k6({ http_reqs: {} }), load, "unknown"],
  ["k6", "no check that passed", k6({ checks: { passes: 0, fails: 50 } }), load, "fail"],
  ["k6", "half of the checks, as a share alone", k6({ checks: { value: 0.5 } }), load, "fail"],
  ["k6", "every check, as a share alone", k6({ checks: { rate: 1 } }), load, "pass"],
  ["k6", "every check passed", k6({ checks: { passes: 50, fails: 0 } }), load, "pass"],
  [
    "junit",
    "failures that are counted, not listed",
    '<testsuite tests="10" failures="9"><testcase name="a"/></testsuite>',
    {},
    "fail",
  ],
  [
    "junit",
    "tests that are counted, not listed",
    '<testsuite tests="10"><testcase name="a"/></testsuite>',
    {},
    "unknown",
  ],
  [
    "junit",
    "a suite that crashed",
    '<testsuites><testsuite><error message="x"/><testcase name="a"/></testsuite></testsuites>',
    {},
    "fail",
  ],
  [
    "junit",
    "a status that says failed",
    '<testsuite><testcase name="a" status="failed"/></testsuite>',
    {},
    "fail",
  ],
  [
    "junit",
    "HTML in the output",
    `<testsuite><testcase name="a"><system-out><![CDATA[<!DOCTYPE html>${"<li>".repeat(200)}]]></system-out></testcase></testsuite>`,
    {},
    "pass",
  ],
  [
    "lcov",
    "lines without their sums",
    "SF:a\nDA:1,0\nDA:2,0\nend_of_record\nSF:b\nDA:1,1\nLF:1\nLH:1\nend_of_record\n",
    { metric: "coverage", atLeast: 80 },
    "fail",
  ],
  [
    "lcov",
    "sums that say otherwise",
    "SF:a\nDA:1,0\nDA:2,0\nLF:2\nLH:2\nend_of_record\n",
    { metric: "coverage", atLeast: 80 },
    "fail",
  ],
  ["npm-audit", "nothing audited", audit({}, { total: 0 }, 0), { failOn: "high" }, "unknown"],
  [
    "npm-audit",
    "a critical one that is not listed",
    audit(low, { total: 1, critical: 1, low: 0 }),
    { failOn: "high" },
    "unknown",
  ],
  ["fly-toml", "an empty region", 'app = "a"\nprimary_region = ""\n', { check: "regions" }, "fail"],
  [
    "cyclonedx",
    "a score that says more than the word",
    json({
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      vulnerabilities: [{ id: "a", ratings: [{ severity: "low" }, { score: 9.8 }] }],
    }),
    { failOn: "high" },
    "fail",
  ],
  [
    "kubernetes",
    "a bare pod beside a good one",
    `${good}---\n${pod(bare, "Pod")}`,
    { check: "non-root" },
    "fail",
  ],
  [
    "kubernetes",
    "a job beside a good one",
    `${good}---\n${pod(`{ template: { spec: ${bare} } }`, "Job")}`,
    { check: "non-root" },
    "fail",
  ],
  [
    "kubernetes",
    "a cron job beside a good one",
    `${good}---\n${pod(`{ jobTemplate: { spec: { template: { spec: ${bare} } } } }`, "CronJob")}`,
    { check: "non-root" },
    "fail",
  ],
  [
    "kubernetes",
    "a list in a list",
    json({
      kind: "List",
      apiVersion: "v1",
      items: [
        {
          kind: "List",
          apiVersion: "v1",
          items: [
            { kind: "Pod", apiVersion: "v1", metadata: { name: "a" }, spec: { containers: [{ name: "a" }] } },
          ],
        },
      ],
    }),
    { check: "non-root" },
    "fail",
  ],
  [
    "kubernetes",
    "the host's network",
    good.replace("spec: { containers", "spec: { hostNetwork: true, containers"),
    { check: "non-root" },
    "fail",
  ],
  [
    "kubernetes",
    "an added capability",
    good.replace("runAsNonRoot: true", "runAsNonRoot: true, capabilities: { add: [SYS_ADMIN] }"),
    { check: "non-root" },
    "fail",
  ],
  ["kubernetes", "only what is good", good, { check: "non-root" }, "pass"],
  [
    "ecs-task-definition",
    "a switched-off health check",
    task({ healthCheck: { command: ["NONE"] } }),
    { check: "definition" },
    "fail",
  ],
  [
    "ecs-task-definition",
    "an API key in plain text",
    task({ environment: [{ name: "STRIPE_API_KEY", value: "x" }] }),
    { check: "definition" },
    "fail",
  ],
  ["ecs-task-definition", "user 00", task({ user: "00" }), { check: "non-root" }, "fail"],
  ["ecs-task-definition", "an empty user", task({ user: "" }), { check: "non-root" }, "fail"],
  ["terraform-plan", "an empty plan", json({ format_version: "1.2", planned_values: {} }), {}, "unknown"],
  [
    "terraform-plan",
    "an output that would change",
    json({
      format_version: "1.2",
      planned_values: {},
      resource_changes: [{ address: "a", change: { actions: ["no-op"] } }],
      output_changes: { url: { actions: ["update"] } },
    }),
    {},
    "fail",
  ],
  [
    "terraform-state",
    "data sources only",
    json({
      version: 4,
      terraform_version: "1",
      serial: 1,
      lineage: "l",
      resources: [{ mode: "data", type: "a", name: "b", instances: [{}] }],
    }),
    {},
    "unknown",
  ],
] as const)("%s: %s", (checker, _what, report, parameters, verdict) => {
  test(verdict, () => {
    expect(verdictOf(checker, report, parameters)).toBe(verdict);
  });
});
