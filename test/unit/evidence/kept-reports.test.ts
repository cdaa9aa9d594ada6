import { expect, test } from "vitest";
import { findChecker } from "#lib/evidence/registry.ts";
import { verdictOf } from "./judge.ts";

const CANARY = "hunter2-canary";

// A report of each kind that may hold secrets, with one in every place where it may stand.
const REPORTS: Readonly<Record<string, string>> = {
  "terraform-state": JSON.stringify({
    version: 4,
    terraform_version: "1.9.0",
    serial: 3,
    lineage: "a-b-c",
    outputs: { password: { value: CANARY } },
    resources: [{ type: "aws_db_instance", name: "main", instances: [{ attributes: { password: CANARY } }] }],
  }),
  "terraform-plan": JSON.stringify({
    format_version: "1.2",
    variables: { password: { value: CANARY } },
    planned_values: { outputs: { password: { value: CANARY } } },
    resource_changes: [
      { address: "aws_db_instance.main", change: { actions: ["no-op"], after: { password: CANARY } } },
    ],
  }),
  "terraform-resources": JSON.stringify({
    format_version: "1.0",
    values: {
      outputs: { password: { value: CANARY } },
      root_module: {
        resources: [
          {
            address: "aws_db_instance.main",
            mode: "managed",
            type: "aws_db_instance",
            values: { identifier: "main", password: CANARY },
          },
        ],
      },
    },
  }),
  "ecs-task-definition": JSON.stringify({
    family: "api",
    containerDefinitions: [
      { name: "api", image: "api:1", environment: [{ name: "DB_PASSWORD", value: CANARY }] },
    ],
  }),
  kubernetes: `apiVersion: v1
kind: Secret
metadata:
  name: api
  annotations: { kubectl.kubernetes.io/last-applied-configuration: "${CANARY}" }
data: { password: ${Buffer.from(CANARY).toString("base64")} }
stringData: { other: ${CANARY} }
---
apiVersion: v1
kind: Namespace
metadata: { name: payments }
`,
};

test.each(Object.entries(REPORTS))("%s is kept without its secrets, and judged the same", (key, text) => {
  const checker = findChecker(key);
  if (checker?.kind !== "report") throw new Error(`no checker of reports ${key}`);
  const kept = checker.read(text).kept;
  expect(text).toContain(CANARY);
  expect(kept).not.toContain(CANARY);
  expect(kept).not.toContain(Buffer.from(CANARY).toString("base64"));
  expect(kept.length).toBeGreaterThan(20);
  if (key === "terraform-resources") return;
  const parameters = { kubernetes: { check: "namespaces" }, "ecs-task-definition": { check: "definition" } }[
    key
  ];
  expect(verdictOf(key, kept, parameters ?? {})).toBe(verdictOf(key, text, parameters ?? {}));
});

test("any other report is kept as it came", () => {
  const checker = findChecker("junit");
  expect(checker?.kind === "report" && checker.read("<testsuites/>").kept).toBe("<testsuites/>");
});
