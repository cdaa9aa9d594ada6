import { describe, expect, test } from "vitest";
import { verdictOf } from "./judge.ts";

type Values = Record<string, unknown>;

const resource = (type: string, values: Values = {}, mode = "managed") => ({
  address: `${type}.it`,
  mode,
  type,
  name: "it",
  values,
});

const state = (...resources: readonly object[]) =>
  JSON.stringify({
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: { root_module: { child_modules: [{ address: "module.app", resources }] } },
  });

const balancer = resource("aws_lb");
const group = (health_check: unknown) => resource("aws_lb_target_group", { health_check });
const target = resource("aws_appautoscaling_target", {
  service_namespace: "ecs",
  resource_id: "service/api",
});
const policy = (resource_id: string) => resource("aws_appautoscaling_policy", { resource_id });
const alarm = (values: Values) => resource("aws_cloudwatch_metric_alarm", values);
const cluster = resource("aws_rds_cluster", { cluster_identifier: "main" });
const instance = resource("aws_rds_cluster_instance", { cluster_identifier: "main" });
const database = resource("aws_db_instance", { identifier: "main", replicate_source_db: "" });
const replicaOf = (source: string) =>
  resource("aws_db_instance", { identifier: "copy", replicate_source_db: source });

describe.each([
  ["load-balancer", "pass", [balancer, group([{ enabled: true }])]],
  ["load-balancer", "fail", [balancer, group([{ enabled: false }])]],
  ["load-balancer", "fail", [balancer, group([])]],
  ["load-balancer", "fail", [balancer]],
  ["load-balancer", "fail", [group([{ enabled: true }])]],
  ["auto-scaling", "pass", [target, policy("service/api")]],
  ["auto-scaling", "fail", [target, policy("service/other")]],
  ["auto-scaling", "fail", [target]],
  ["alarms", "pass", [alarm({ alarm_actions: ["arn:topic"], actions_enabled: true })]],
  ["alarms", "fail", [alarm({ alarm_actions: [] })]],
  ["alarms", "fail", [alarm({ alarm_actions: ["arn:topic"], actions_enabled: false })]],
  ["database", "pass", [cluster, instance, instance]],
  ["database", "fail", [cluster, instance]],
  ["database", "pass", [database, replicaOf("main")]],
  ["database", "pass", [database, replicaOf("arn:aws:rds:eu-central-1:1:db:main")]],
  ["database", "fail", [database, replicaOf("domain")]],
  ["database", "fail", [database]],
  ["service-discovery", "pass", [resource("aws_service_discovery_http_namespace")]],
  [
    "service-discovery",
    "pass",
    [resource("aws_service_discovery_private_dns_namespace"), resource("aws_service_discovery_service")],
  ],
  ["service-discovery", "fail", [resource("aws_service_discovery_private_dns_namespace")]],
] as const)("%s", (check, verdict, resources) => {
  test(`${verdict}: ${resources.map(({ type, values }) => `${type} ${JSON.stringify(values)}`).join(", ")}`, () => {
    expect(verdictOf("terraform-resources", state(...resources), { check })).toBe(verdict);
  });
});

test.each(["load-balancer", "auto-scaling", "alarms", "database", "service-discovery"])(
  "a state without what is asked for tells nothing: %s",
  (check) => {
    expect(verdictOf("terraform-resources", state(resource("aws_s3_bucket")), { check })).toBe("unknown");
    expect(verdictOf("terraform-resources", state(resource("aws_lb", {}, "data")), { check })).toBe(
      "unknown",
    );
  },
);

test("a plan is not taken for a state", () => {
  const plan = JSON.stringify({ format_version: "1.2", planned_values: { root_module: {} } });
  expect(verdictOf("terraform-resources", plan, { check: "alarms" })).toBe("unreadable");
});
