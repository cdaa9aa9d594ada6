import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verdictOf } from "./judge.ts";

const sound = readFileSync(join(import.meta.dirname, "fixtures", "sound.yaml"), "utf8");
const BUDGET = "minAvailable: 2, selector: { matchLabels: { app: api } }";
const DENY = "spec: { podSelector: {}, policyTypes: [Ingress] }";
const open = (rule: string) =>
  `${DENY}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open, namespace: payments }\nspec: { podSelector: {}, ingress: [${rule}] }`;
const RULE = 'rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get] }]';
const projected = (source: string) =>
  `securityContext: { runAsNonRoot: true, runAsUser: 10001 }\n      volumes: [{ name: a, projected: { sources: [${source}] } }]`;
const POD = "securityContext: { runAsNonRoot: true, runAsUser: 10001 }";
const beside = (kind: string, spec: string) =>
  `${RULE}\n---\napiVersion: v1\nkind: ${kind}\nmetadata: { name: extra, namespace: payments }\nspec: ${spec}`;
const RUNS = "containers: [{ name: a, image: a }]";
const escape = (verb: string) => `rules: [{ resources: [roles], verbs: [${verb}] }]`;

describe.each([
  ["disruption-budgets", BUDGET, BUDGET.replace("minAvailable: 2", 'maxUnavailable: "100%"'), "fail"],
  ["disruption-budgets", BUDGET, BUDGET.replace("minAvailable: 2", "maxUnavailable: 3"), "fail"],
  ["disruption-budgets", BUDGET, BUDGET.replace("minAvailable: 2", "maxUnavailable: 1"), "pass"],
  ["disruption-budgets", BUDGET, "minAvailable: 2", "fail"],
  ["disruption-budgets", BUDGET, "minAvailable: 2, selector: {}", "pass"],
  [
    "disruption-budgets",
    BUDGET,
    "minAvailable: 2, selector: { matchExpressions: [{ key: app, operator: In, values: [other] }] }",
    "fail",
  ],
  [
    "disruption-budgets",
    BUDGET,
    "minAvailable: 2, selector: { matchExpressions: [{ key: app, operator: In, values: [api] }] }",
    "pass",
  ],
  [
    "disruption-budgets",
    BUDGET,
    "minAvailable: 2, selector: { matchExpressions: [{ key: app, operator: NotIn, values: [api] }] }",
    "fail",
  ],
  [
    "disruption-budgets",
    BUDGET,
    "minAvailable: 2, selector: { matchExpressions: [{ key: app, operator: Exists }] }",
    "pass",
  ],
  [
    "disruption-budgets",
    BUDGET,
    "minAvailable: 2, selector: { matchExpressions: [{ key: app, operator: DoesNotExist }] }",
    "fail",
  ],
  ["network-policies", DENY, open("{}"), "fail"],
  ["network-policies", DENY, open("{ from: [] }"), "fail"],
  ["network-policies", DENY, open("null"), "fail"],
  ["network-policies", DENY, open("{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }"), "fail"],
  ["network-policies", DENY, open("{ from: [{ podSelector: { matchLabels: { app: web } } }] }"), "pass"],
  ["network-policies", DENY, open("{ ports: [{ port: 443 }] }"), "pass"],
  ["rbac", RULE, 'rules: [{ resources: [secrets], verbs: ["*"] }]', "fail"],
  [
    "rbac",
    RULE,
    'rules: [{ resources: ["*"], verbs: [get, list, watch, create, update, patch, delete] }]',
    "fail",
  ],
  ["rbac", RULE, beside("Pod", `{ ${RUNS} }`), "fail"],
  ["rbac", RULE, beside("Pod", `{ serviceAccountName: gone, ${RUNS} }`), "fail"],
  ["rbac", RULE, beside("Job", `{ template: { spec: { ${RUNS} } } }`), "fail"],
  ["rbac", RULE, escape("escalate"), "fail"],
  ["rbac", RULE, escape("bind"), "fail"],
  ["rbac", RULE, escape("impersonate"), "fail"],
  [
    "rbac",
    "kind: ServiceAccount, name: api, namespace",
    "kind: Group, name: system:unauthenticated, namespace",
    "fail",
  ],
  ["workloads", "readinessProbe: { httpGet: { path: /ready, port: 8080 } }", "readinessProbe: {}", "fail"],
  [
    "workloads",
    "livenessProbe: { httpGet: { path: /live, port: 8080 } }",
    "livenessProbe: { periodSeconds: 5 }",
    "fail",
  ],
  [
    "workloads",
    "livenessProbe: { httpGet: { path: /live, port: 8080 } }",
    "livenessProbe: { grpc: { port: 5 } }",
    "pass",
  ],
  ["workloads", "requests: { cpu: 100m, memory: 128Mi }", "requests: {}", "fail"],
  ["config", POD, projected("{ configMap: { name: gone } }"), "fail"],
  ["config", POD, projected("{ secret: { name: gone } }"), "fail"],
  ["config", POD, projected("{ secret: { name: gone, optional: true } }"), "pass"],
  [
    "config",
    POD,
    projected("{ secret: { name: api-secrets } }, { serviceAccountToken: { path: t } }"),
    "pass",
  ],
  [
    "non-root",
    "      containers:\n",
    "      ephemeralContainers: [{ name: d, securityContext: { privileged: true } }]\n      containers:\n",
    "fail",
  ],
  ["non-root", "      containers:\n", "      hostPID: true\n      containers:\n", "fail"],
] as const)("%s when “%s” becomes “%s”", (check, from, to, verdict) => {
  test(verdict, () => {
    expect(sound).toContain(from);
    expect(verdictOf("kubernetes", sound.replace(from, to), { check })).toBe(verdict);
  });
});

test.each([
  [
    "workloads",
    "metadata: { name: api, namespace: payments }",
    "metadata: { name: api, namespace: payments, labels: , annotations: }",
  ],
  ["workloads", "          envFrom:\n", "          env:\n          envFrom:\n"],
  ["workloads", "securityContext: { allowPrivilegeEscalation: false }", "securityContext:"],
  ["workloads", "data: { LEVEL: info }", `data: { LEVEL: "${"[".repeat(61)}" }`],
  ["rbac", RULE, "rules:"],
  ["network-policies", DENY, "spec: { podSelector: , policyTypes: [Ingress], ingress: }"],
])("sound manifests are read: %s when “%s” becomes “%s”", (check, from, to) => {
  expect(sound).toContain(from);
  expect(verdictOf("kubernetes", sound.replace(from, to), { check })).toBe("pass");
});

test("a value that holds itself is refused", () => {
  const circle = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: &a\n  b: *a\n";
  expect(verdictOf("kubernetes", circle, { check: "config" })).toBe("unreadable");
});
