import { settles, supports } from "../check-uses.ts";
import type { PhaseTemplate } from "../../template.ts";

/** Tools whose SARIF says something of dependencies; of any other, an empty one says nothing. */
const DEPENDENCY_SCANNERS = [
  "trivy",
  "grype",
  "snyk open source",
  "snyk container",
  "osv-scanner",
  "dependency-check",
  "dependency-track",
  "npm audit",
  "pip-audit",
  "docker scout",
  "black duck",
  "mend",
];

export const PRE_DEPLOYMENT: PhaseTemplate = {
  key: "pre-deployment",
  title: "Pre-deployment",
  timing: { label: "T-7 d", offsetMinutes: -7 * 24 * 60, startsAtT0: false },
  sections: [
    {
      key: "security",
      title: "Security",
      items: [
        {
          key: "secrets-rotated",
          title: "All secrets rotated within policy timeframes (90d SSH, 30d CI, 15-30d DB/API)",
          critical: true,
          requirement: {
            kind: "rotation",
            classes: [
              { key: "ssh", title: "SSH keys", maxAgeDays: 90 },
              { key: "ci", title: "CI secrets", maxAgeDays: 30 },
              { key: "database", title: "Database credentials", maxAgeDays: 30, dueFromDays: 15 },
              { key: "api", title: "API keys", maxAgeDays: 30, dueFromDays: 15 },
            ],
          },
        },
        { key: "secret-management", title: "Secret management (Vault/SOPS) configured and tested" },
        { key: "mtls-enabled", title: "mTLS enabled between services" },
        { key: "firewall-rules", title: "Firewall rules (UFW) applied to all hosts" },
        {
          key: "containers-non-root",
          title: "All containers running as non-root users",
          checks: [
            settles("kubernetes", { check: "non-root" }),
            settles("ecs-task-definition", { check: "non-root" }),
          ],
        },
        {
          key: "security-audit",
          title: "Security audit completed (penetration testing)",
          checks: [supports("sarif", { failOn: "error" })],
        },
        {
          key: "owasp-top-10",
          title: "OWASP Top 10 vulnerabilities addressed",
          critical: true,
          checks: [supports("sarif", { failOn: "error" }), supports("security-headers")],
        },
        {
          key: "dependency-scan",
          title: "Dependency security scan passed (npm audit, pip-audit)",
          critical: true,
          requirement: {
            kind: "proof",
            title: "the scan's report, without high or critical findings",
          },
          checks: [
            settles("npm-audit", { failOn: "high" }),
            settles("pip-audit"),
            settles("cyclonedx", { failOn: "high" }),
            settles("sarif", { failOn: "error", tools: DEPENDENCY_SCANNERS }),
          ],
        },
      ],
    },
    {
      key: "infrastructure",
      title: "Infrastructure",
      items: [
        {
          key: "terraform-state-backup",
          title: "Terraform state backed up",
          checks: [settles("terraform-state")],
        },
        {
          key: "infrastructure-as-code",
          title: "All infrastructure as code reviewed and applied",
          checks: [supports("terraform-plan")],
        },
        {
          key: "dns-records",
          title: "DNS records configured (A, AAAA, CNAME, MX, TXT)",
          requirement: { kind: "proof", title: "the records as they resolve" },
          checks: [settles("dns-records")],
        },
        {
          key: "tls-certificates",
          title: "SSL/TLS certificates valid and auto-renewal configured",
          critical: true,
          requirement: {
            kind: "proof",
            title: "the certificate's chain, name and days left",
          },
          checks: [settles("tls-certificate", { minDaysLeft: 21 })],
        },
        { key: "cdn", title: "CDN configured and tested (CloudFlare/Fastly)" },
        {
          key: "load-balancers",
          title: "Load balancers health-checked",
          checks: [settles("http-health", { greenMinutes: 0 })],
        },
        {
          key: "auto-scaling",
          title: "Auto-scaling policies configured and tested",
          checks: [supports("kubernetes", { check: "hpa" })],
        },
      ],
    },
    {
      key: "observability",
      title: "Observability",
      items: [
        {
          key: "prometheus-scraping",
          title: "Prometheus deployed and scraping all services",
          requirement: { kind: "proof", title: "every expected target up" },
          checks: [settles("prometheus-targets")],
        },
        { key: "grafana-dashboards", title: "Grafana dashboards imported and verified" },
        {
          key: "alertmanager-routing",
          title: "Alertmanager configured with routing rules",
          checks: [settles("alertmanager-routing")],
        },
        { key: "alert-runbooks", title: "Alert runbooks created for all critical alerts" },
        { key: "on-call-rotation", title: "PagerDuty/on-call rotation configured", critical: true },
        { key: "log-aggregation", title: "Log aggregation (ELK/Loki) deployed" },
        { key: "error-tracking", title: "Error tracking (Sentry) configured" },
        { key: "distributed-tracing", title: "Distributed tracing enabled" },
      ],
    },
    {
      key: "application",
      title: "Application",
      items: [
        {
          key: "tests-passing",
          title: "All tests passing (unit, integration, e2e)",
          critical: true,
          checks: [settles("junit", {}, { labels: ["unit", "integration", "e2e"] })],
        },
        {
          key: "test-coverage",
          title: "Test coverage >= 80%",
          requirement: {
            kind: "measurement",
            metric: "coverage",
            title: "Test coverage",
            unit: "%",
            atLeast: 80,
          },
          checks: [
            settles("lcov", { metric: "coverage", atLeast: 80 }),
            settles("cobertura", { metric: "coverage", atLeast: 80 }),
            settles("istanbul-summary", { metric: "coverage", atLeast: 80 }),
          ],
        },
        {
          key: "performance-testing",
          title: "Performance testing completed (k6 load tests)",
          requirement: { kind: "slo", metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms", "errorRatePercent"] },
          checks: [settles("k6", { metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms", "errorRatePercent"] })],
        },
        {
          key: "bundle-sizes",
          title: "Bundle sizes optimized and under budget",
          checks: [settles("bundle-stats", { assetKilobytes: 500, totalKilobytes: 2000 })],
        },
        {
          key: "migrations-tested",
          title: "Database migrations tested on staging",
          critical: true,
          checks: [supports("junit")],
        },
        { key: "feature-flags", title: "Feature flags configured for gradual rollout" },
        { key: "rate-limiting", title: "API rate limiting configured" },
        { key: "cors-policies", title: "CORS policies reviewed", checks: [supports("cors-policy")] },
      ],
    },
    {
      key: "data",
      title: "Data",
      items: [
        { key: "restore-drill", title: "Backup procedures tested (restore drill completed)", critical: true },
        { key: "rto-rpo-documented", title: "RTO/RPO defined and documented" },
        { key: "data-retention", title: "Data retention policies implemented" },
        { key: "privacy-compliance", title: "GDPR/privacy compliance verified", critical: true },
        { key: "database-replication", title: "Database replication configured" },
        { key: "point-in-time-recovery", title: "Point-in-time recovery tested" },
      ],
    },
  ],
};
