import type { SectionTemplate, Target } from "../../template.ts";

export const TARGET_SECTIONS: Readonly<Record<Target, SectionTemplate>> = {
  "fly-io": {
    key: "fly-io",
    title: "Fly.io",
    items: [
      { key: "fly-toml", title: "`fly.toml` configured" },
      { key: "fly-secrets", title: "Secrets added via `fly secrets set`" },
      { key: "fly-database", title: "Database provisioned (PostgreSQL)" },
      { key: "fly-volumes", title: "Volumes configured for persistent data" },
      { key: "fly-regions", title: "Regions selected for geographic distribution" },
      { key: "fly-deploy", title: "Deploy with `fly deploy --ha=false` (initial), then scale" },
    ],
  },
  "aws-ecs": {
    key: "aws-ecs",
    title: "AWS ECS",
    items: [
      { key: "ecs-task-definitions", title: "Task definitions updated" },
      { key: "ecs-service-discovery", title: "Service discovery configured" },
      { key: "ecs-load-balancer", title: "ALB/NLB configured with health checks" },
      { key: "ecs-auto-scaling", title: "Auto-scaling policies applied" },
      { key: "ecs-alarms", title: "CloudWatch alarms configured" },
      { key: "ecs-iam", title: "IAM roles and policies reviewed" },
      { key: "ecs-database", title: "RDS/Aurora configured with read replicas" },
    ],
  },
  kubernetes: {
    key: "kubernetes",
    title: "Kubernetes",
    items: [
      { key: "k8s-namespaces", title: "Namespaces created" },
      { key: "k8s-config", title: "ConfigMaps and Secrets applied" },
      { key: "k8s-workloads", title: "Deployments, Services, Ingress configured" },
      { key: "k8s-hpa", title: "HPA (Horizontal Pod Autoscaler) configured" },
      { key: "k8s-disruption-budgets", title: "PodDisruptionBudgets set" },
      { key: "k8s-network-policies", title: "NetworkPolicies applied" },
      { key: "k8s-rbac", title: "RBAC roles configured" },
    ],
  },
};
