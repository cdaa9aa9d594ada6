import { settles, supports } from "../check-uses.ts";
import type { SectionTemplate, Target } from "../../template.ts";

export const TARGET_SECTIONS: Readonly<Record<Target, SectionTemplate>> = {
  "fly-io": {
    key: "fly-io",
    title: "Fly.io",
    items: [
      { key: "fly-toml", title: "`fly.toml` configured", checks: [settles("fly-toml", { check: "config" })] },
      { key: "fly-secrets", title: "Secrets added via `fly secrets set`" },
      { key: "fly-database", title: "Database provisioned (PostgreSQL)" },
      {
        key: "fly-volumes",
        title: "Volumes configured for persistent data",
        checks: [settles("fly-toml", { check: "volumes" })],
      },
      {
        key: "fly-regions",
        title: "Regions selected for geographic distribution",
        checks: [settles("fly-toml", { check: "regions" })],
      },
      { key: "fly-deploy", title: "Deploy with `fly deploy --ha=false` (initial), then scale" },
    ],
  },
  "aws-ecs": {
    key: "aws-ecs",
    title: "AWS ECS",
    items: [
      {
        key: "ecs-task-definitions",
        title: "Task definitions updated",
        checks: [settles("ecs-task-definition", { check: "definition" })],
      },
      {
        key: "ecs-service-discovery",
        title: "Service discovery configured",
        checks: [settles("terraform-resources", { check: "service-discovery" })],
      },
      {
        key: "ecs-load-balancer",
        title: "ALB/NLB configured with health checks",
        checks: [settles("terraform-resources", { check: "load-balancer" })],
      },
      {
        key: "ecs-auto-scaling",
        title: "Auto-scaling policies applied",
        checks: [settles("terraform-resources", { check: "auto-scaling" })],
      },
      {
        key: "ecs-alarms",
        title: "CloudWatch alarms configured",
        checks: [settles("terraform-resources", { check: "alarms" })],
      },
      {
        key: "ecs-iam",
        title: "IAM roles and policies reviewed",
        checks: [supports("ecs-task-definition", { check: "iam" })],
      },
      {
        key: "ecs-database",
        title: "RDS/Aurora configured with read replicas",
        checks: [settles("terraform-resources", { check: "database" })],
      },
    ],
  },
  kubernetes: {
    key: "kubernetes",
    title: "Kubernetes",
    items: [
      {
        key: "k8s-namespaces",
        title: "Namespaces created",
        checks: [settles("kubernetes", { check: "namespaces" })],
      },
      {
        key: "k8s-config",
        title: "ConfigMaps and Secrets applied",
        checks: [settles("kubernetes", { check: "config" })],
      },
      {
        key: "k8s-workloads",
        title: "Deployments, Services, Ingress configured",
        checks: [settles("kubernetes", { check: "workloads" })],
      },
      {
        key: "k8s-hpa",
        title: "HPA (Horizontal Pod Autoscaler) configured",
        checks: [settles("kubernetes", { check: "hpa" })],
      },
      {
        key: "k8s-disruption-budgets",
        title: "PodDisruptionBudgets set",
        checks: [settles("kubernetes", { check: "disruption-budgets" })],
      },
      {
        key: "k8s-network-policies",
        title: "NetworkPolicies applied",
        checks: [settles("kubernetes", { check: "network-policies" })],
      },
      { key: "k8s-rbac", title: "RBAC roles configured", checks: [settles("kubernetes", { check: "rbac" })] },
    ],
  },
};
