const list = <T>(count: number, entry: (index: number) => T) =>
  Array.from({ length: count }, (_none, index) => entry(index));
const named = (count: number, entry: (index: number) => unknown) =>
  Object.fromEntries(list(count, (index) => [`name-${index}`, entry(index)] as const));
const lines = (count: number, entry: (index: number) => string) => list(count, entry).join("\n");

const container = (index: number) => ({
  name: `c${index}`,
  image: "registry.example.com/api:1.0.0",
  user: "10001",
  cpu: 1,
  memory: 1,
  healthCheck: { command: ["CMD", "true"] },
  logConfiguration: { logDriver: "awslogs" },
});

const deployment = (index: number) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: d${index}, namespace: payments }
spec:
  replicas: 2
  revisionHistoryLimit: 10
  selector: { matchLabels: { app: d${index} } }
  strategy: { type: RollingUpdate }
  template:
    metadata: { labels: { app: d${index} } }
    spec:
      containers:
        - name: api
          env: [{ name: A, value: "b" }]`;

/** A sound report of each checker's own format that grows with the number of its entries. */
export const LARGE: Readonly<Record<string, (entries: number) => string>> = {
  "npm-audit": (count) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: named(count, (index) => ({
        name: `name-${index}`,
        severity: "low",
        range: "<1.0.0",
        via: [{ title: "Regular expression" }],
      })),
      metadata: { vulnerabilities: { total: count } },
    }),
  "pip-audit": (count) =>
    JSON.stringify({
      dependencies: list(count, (index) => ({ name: `name-${index}`, version: "1.0", vulns: [] })),
    }),
  cyclonedx: (count) =>
    JSON.stringify({
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      vulnerabilities: list(count, (index) => ({ id: `CVE-${index}`, ratings: [{ severity: "low" }] })),
    }),
  sarif: (count) =>
    JSON.stringify({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "Trivy", rules: list(count, (index) => ({ id: `rule-${index}` })) } },
          results: list(count, (index) => ({ ruleId: `rule-${index}`, level: "note" })),
        },
      ],
    }),
  lcov: (count) =>
    `SF:src/a.ts\n${lines(count, (index) => `DA:${index + 1},1`)}\nLF:${count}\nLH:${count}\nend_of_record\n`,
  cobertura: (count) =>
    `<coverage lines-covered="9" lines-valid="10">${lines(count, (index) => `<line number="${index}" hits="1"/>`)}</coverage>`,
  "istanbul-summary": (count) => {
    const of = { lines: { total: 10, covered: 9, skipped: 0, pct: 90 } };
    return JSON.stringify({ total: of, ...named(count, () => of) });
  },
  junit: (count) =>
    `<testsuite>${lines(count, (index) => `<testcase name="passes ${index}"/><testcase name="breaks ${index}"><failure message="no"/></testcase>`)}</testsuite>`,
  k6: (count) =>
    JSON.stringify({
      metrics: {
        http_reqs: { count: 9 },
        http_req_duration: { "p(95)": 1, "p(99)": 2 },
        http_req_failed: { value: 0 },
        ...named(count, () => ({ count: 1, rate: 1, thresholds: { "count>0": false } })),
      },
    }),
  "bundle-stats": (count) =>
    JSON.stringify({ assets: list(count, (index) => ({ name: `chunk-${index}.js`, size: 1 })), errors: [] }),
  "terraform-plan": (count) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {},
      resource_changes: list(count, (index) => ({
        address: `aws_s3_bucket.b${index}`,
        change: { actions: ["no-op"] },
      })),
    }),
  "terraform-state": (count) =>
    JSON.stringify({
      version: 4,
      terraform_version: "1.9.0",
      serial: 1,
      lineage: "abc",
      resources: list(count, (index) => ({ mode: "managed", type: "a", name: `n${index}`, instances: [{}] })),
    }),
  "terraform-resources": (count) =>
    JSON.stringify({
      format_version: "1.0",
      values: {
        root_module: {
          resources: list(count, (index) => ({
            address: `aws_db_instance.a${index}`,
            mode: "managed",
            type: index % 2 === 0 ? "aws_db_instance" : "aws_lb_target_group",
            name: "a",
            values: { identifier: `a${index}`, replicate_source_db: `a${index + 1}` },
          })),
        },
      },
    }),
  kubernetes: (count) => lines(count, deployment).replaceAll("\napiVersion", "\n---\napiVersion"),
  "fly-toml": (count) =>
    `app = "a"\nprimary_region = "fra"\n${lines(count, (index) => `[[mounts]]\nsource = "s${index}"\ndestination = "/d${index}"`)}`,
  "ecs-task-definition": (count) =>
    JSON.stringify({ family: "api", cpu: "1", memory: "1", containerDefinitions: list(count, container) }),
};
