import type { Checker } from "./checker.ts";
import { alertmanagerAlerts } from "./live/alertmanager-alerts.ts";
import { alertmanagerRouting } from "./live/alertmanager-routing.ts";
import { corsPolicy } from "./live/cors-policy.ts";
import { dnsRecords } from "./live/dns-records.ts";
import { httpHealth } from "./live/http-health.ts";
import { prometheusResources } from "./live/prometheus-resources.ts";
import { prometheusSlo } from "./live/prometheus-slo.ts";
import { prometheusTargets } from "./live/prometheus-targets.ts";
import { securityHeaders } from "./live/security-headers.ts";
import { statusPage } from "./live/status-page.ts";
import { tlsCertificate } from "./live/tls-certificate.ts";
import { bundleStats } from "./reports/bundle-stats.ts";
import { cobertura } from "./reports/cobertura.ts";
import { cycloneDx } from "./reports/cyclonedx.ts";
import { ecsTaskDefinition } from "./reports/ecs-task-definition.ts";
import { flyToml } from "./reports/fly-toml.ts";
import { istanbulSummary } from "./reports/istanbul-summary.ts";
import { junit } from "./reports/junit.ts";
import { k6 } from "./reports/k6.ts";
import { kubernetes } from "./reports/kubernetes.ts";
import { lcov } from "./reports/lcov.ts";
import { npmAudit } from "./reports/npm-audit.ts";
import { pipAudit } from "./reports/pip-audit.ts";
import { sarif } from "./reports/sarif.ts";
import { terraformPlan } from "./reports/terraform-plan.ts";
import { terraformResources } from "./reports/terraform-resources.ts";
import { terraformState } from "./reports/terraform-state.ts";

/** Every checker there is. A template names them by key. */
export const CHECKERS: readonly Checker[] = [
  npmAudit,
  pipAudit,
  cycloneDx,
  sarif,
  lcov,
  cobertura,
  istanbulSummary,
  junit,
  k6,
  bundleStats,
  terraformPlan,
  terraformState,
  terraformResources,
  kubernetes,
  flyToml,
  ecsTaskDefinition,
  tlsCertificate,
  dnsRecords,
  httpHealth,
  prometheusTargets,
  prometheusSlo,
  prometheusResources,
  alertmanagerAlerts,
  alertmanagerRouting,
  securityHeaders,
  corsPolicy,
  statusPage,
];

export function findChecker(key: string): Checker | undefined {
  return CHECKERS.find((checker) => checker.key === key);
}
