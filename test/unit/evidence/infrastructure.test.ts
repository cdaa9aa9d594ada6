import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judge, verdictOf } from "./judge.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");
const sound = fixture("sound.yaml");
const fly = fixture("fly.toml");
const QUESTIONS = [
  "namespaces",
  "config",
  "workloads",
  "hpa",
  "disruption-budgets",
  "network-policies",
  "rbac",
  "non-root",
];

describe("Kubernetes manifests", () => {
  test.each(QUESTIONS)("sound ones pass: %s", (check) => {
    expect(judge("kubernetes", sound, { check })).toMatchObject({ verdict: "pass" });
  });

  test.each([
    [
      "namespaces",
      "kind: ServiceAccount\nmetadata: { name: api, namespace: payments }",
      "kind: ServiceAccount\nmetadata: { name: api }",
    ],
    ["namespaces", "metadata: { name: payments }", "metadata: { name: other }"],
    [
      "config",
      "metadata: { name: api-config, namespace: payments }",
      "metadata: { name: other, namespace: payments }",
    ],
    ["config", "kind: ExternalSecret", "kind: Whatever"],
    ["workloads", "          livenessProbe: { httpGet: { path: /live, port: 8080 } }\n", ""],
    ["workloads", "backend: { service: { name: api,", "backend: { service: { name: gone,"],
    ["hpa", "minReplicas: 3", "minReplicas: 1"],
    ["hpa", "kind: Deployment, name: api }", "kind: Deployment, name: other }"],
    ["disruption-budgets", "minAvailable: 2", "minAvailable: 3"],
    ["disruption-budgets", "minAvailable: 2", 'minAvailable: "90%"'],
    [
      "disruption-budgets",
      "matchLabels: { app: api } } }\n---\napiVersion: networking",
      "matchLabels: { app: b } } }\n---\napiVersion: networking",
    ],
    ["network-policies", "podSelector: {}", "podSelector: { matchLabels: { app: api } }"],
    ["network-policies", "policyTypes: [Ingress]", "policyTypes: [Ingress], ingress: [{}]"],
    ["rbac", "      serviceAccountName: api\n", ""],
    ["rbac", "resources: [configmaps], verbs: [get]", 'resources: ["*"], verbs: ["*"]'],
    ["rbac", "kind: Role, name: api }", "kind: ClusterRole, name: cluster-admin }"],
    ["non-root", "runAsNonRoot: true, ", ""],
    ["non-root", "runAsUser: 10001", "runAsUser: 0"],
    ["non-root", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false, privileged: true"],
    ["non-root", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false, runAsNonRoot: false"],
  ])("%s fails when “%s” becomes “%s”", (check, from, to) => {
    expect(sound).toContain(from);
    expect(verdictOf("kubernetes", sound.replace(from, to), { check })).toBe("fail");
  });

  test.each(QUESTIONS)("manifests without what is asked for tell nothing: %s", (check) => {
    const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\n";
    expect(verdictOf("kubernetes", other, { check })).toBe("unknown");
  });

  test("a JSON list is the same as a stream", () => {
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name: "a" },
          spec: { template: { spec: { containers: [{ name: "c" }] } } },
        },
      ],
    });
    expect(verdictOf("kubernetes", list, { check: "hpa" })).toBe("fail");
  });
});

describe("fly.toml", () => {
  test.each(["config", "volumes", "regions"])("a sound one passes: %s", (check) => {
    expect(verdictOf("fly-toml", fly, { check })).toBe("pass");
  });

  test.each([
    ["config", "force_https = true", "force_https = false", "fail"],
    ["config", 'path = "/health"', "", "pass"],
    ["config", "internal_port = 8080", "", "fail"],
    ["config", 'app = "payments"', "", "unreadable"],
    ["regions", 'primary_region = "fra"', "", "fail"],
    ["volumes", '[[mounts]]\nsource = "data"\ndestination = "/data"', "", "unknown"],
    ["config", "[http_service]", "[http_service", "unreadable"],
  ])("%s: “%s” becomes “%s”: %s", (check, from, to, verdict) => {
    expect(fly).toContain(from);
    expect(verdictOf("fly-toml", fly.replace(from, to), { check })).toBe(verdict);
  });
});

describe("ECS task definitions", () => {
  const container = {
    name: "api",
    image: "1.dkr.ecr.eu-central-1.amazonaws.com/api:2.14.0",
    user: "10001",
    healthCheck: { command: ["CMD", "true"] },
    logConfiguration: { logDriver: "awslogs" },
  };
  const task = {
    family: "api",
    cpu: "256",
    memory: "512",
    taskRoleArn: "arn:task",
    executionRoleArn: "arn:execution",
  };
  const text = (more: object = {}, top: object = {}) =>
    JSON.stringify({
      taskDefinition: { ...task, ...top, containerDefinitions: [{ ...container, ...more }] },
    });

  test.each(["definition", "non-root", "iam"])("a sound one passes: %s", (check) => {
    expect(verdictOf("ecs-task-definition", text(), { check })).toBe("pass");
  });

  test.each([
    ["definition", { image: "api:latest" }, {}],
    ["definition", { image: "api" }, {}],
    ["definition", { healthCheck: undefined }, {}],
    ["definition", { logConfiguration: undefined }, {}],
    ["definition", {}, { cpu: undefined }],
    ["definition", { environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }, {}],
    ["non-root", { user: undefined }, {}],
    ["non-root", { user: "0:0" }, {}],
    ["non-root", { privileged: true }, {}],
    ["iam", {}, { taskRoleArn: "arn:execution" }],
    ["iam", {}, { executionRoleArn: undefined }],
  ])("%s fails with %o %o", (check, more, top) => {
    const result = judge("ecs-task-definition", text(more, top), { check });
    expect(result.verdict).toBe("fail");
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });
});
