import { expect, test } from "vitest";
import { allItems, chooseChecklist } from "#lib/domain/checklist.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { verdictOf } from "./judge.ts";

const severe = { id: "js/sql", properties: { "security-severity": "8.8" } };
const mild = { id: "js/style", defaultConfiguration: { level: "note" } };
const run = (results: readonly object[], tool: object = {}, more: object = {}) =>
  JSON.stringify({
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "CodeQL" }, ...tool }, results, ...more }],
  });
const driver = { driver: { name: "CodeQL", rules: [mild] } };
const extended = { ...driver, extensions: [{ rules: [severe] }] };
const overriding = (descriptor: object) => ({
  invocations: [
    {
      executionSuccessful: true,
      ruleConfigurationOverrides: [{ descriptor, configuration: { level: "error" } }],
    },
  ],
});

test.each([
  [
    "a rule at a place in an extension",
    run([{ rule: { index: 0, toolComponent: { index: 0 } } }], extended),
    "fail",
  ],
  ["a rule at a place in the driver", run([{ ruleIndex: 0 }], extended), "pass"],
  ["a case of a case", run([{ ruleId: "js/sql/a/b" }], extended), "fail"],
  ["a rule that begins alike", run([{ ruleId: "js/sqlite", level: "note" }], extended), "pass"],
  [
    "a level raised by the run",
    run([{ ruleId: "js/style" }], driver, overriding({ id: "js/style" })),
    "fail",
  ],
  ["a level raised by place", run([{ ruleId: "js/style" }], driver, overriding({ index: 0 })), "fail"],
  [
    "a raised level of a rule that is not listed",
    run([{ ruleId: "x" }], {}, overriding({ id: "x" })),
    "fail",
  ],
  ["a level raised for another rule", run([{ ruleId: "js/style" }], driver, overriding({ id: "y" })), "pass"],
  ["what is still open", run([{ kind: "open", level: "none" }]), "unknown"],
])("%s: %s", (_what, report, verdict) => {
  expect(verdictOf("sarif", report, { failOn: "error" })).toBe(verdict);
});

const dependencies = allItems(chooseChecklist(PRODUCTION_TEMPLATE, [], "go-no-go"))
  .find(({ item }) => item.key === "dependency-scan")
  ?.item.checks?.find(({ checker }) => checker === "sarif")?.parameters;

test.each([
  ["ESLint", "unknown"],
  ["SnykCode", "unknown"],
  ["Recommended rules", "unknown"],
  ["Trivy", "pass"],
  ["Snyk Open Source", "pass"],
  ["osv-scanner", "pass"],
  ["OWASP Dependency-Check", "pass"],
])("an empty log of %s settles the dependency scan: %s", (name, verdict) => {
  expect(dependencies).toBeDefined();
  expect(verdictOf("sarif", run([], { driver: { name } }), dependencies)).toBe(verdict);
});
