import { settles, supports } from "../check-uses.ts";
import type { PhaseTemplate } from "../../template.ts";

export const FINAL_CHECKS: PhaseTemplate = {
  key: "final-checks",
  title: "Final checks",
  timing: { label: "T-1 h", offsetMinutes: -60, startsAtT0: false },
  sections: [
    {
      key: "final-checks",
      title: "Final checks",
      items: [
        { key: "staging-matches", title: "Staging environment matches production configuration" },
        {
          key: "staging-smoke-tests",
          title: "Smoke tests passing on staging",
          critical: true,
          checks: [settles("junit")],
        },
        { key: "rollback-plan", title: "Rollback plan documented and reviewed", critical: true },
        { key: "communication-plan", title: "Communication plan activated (status page, stakeholders)" },
        { key: "on-call-briefed", title: "On-call engineers briefed" },
        {
          key: "database-backup",
          title: "Database backup completed < 1 hour ago",
          critical: true,
          requirement: { kind: "fresh-time", title: "The backup", maxAgeMinutes: 60 },
        },
      ],
    },
  ],
};

export const DEPLOYMENT: PhaseTemplate = {
  key: "deployment",
  title: "Deployment",
  timing: { label: "T-0", offsetMinutes: 0, startsAtT0: true },
  sections: [
    {
      key: "deployment",
      title: "Deployment",
      items: [
        { key: "maintenance-mode-on", title: "Enable maintenance mode (if applicable)", conditional: true },
        { key: "run-migrations", title: "Run database migrations" },
        { key: "deploy-application", title: "Deploy application (blue-green/canary)", critical: true },
        {
          key: "verify-health-checks",
          title: "Verify health checks passing",
          critical: true,
          checks: [settles("http-health", { greenMinutes: 0 }, { freshMinutes: 15 })],
        },
        {
          key: "production-smoke-tests",
          title: "Run smoke tests in production",
          critical: true,
          checks: [settles("junit")],
        },
        {
          key: "monitor-metrics",
          title: "Monitor error rates, latency, throughput",
          checks: [
            supports(
              "prometheus-slo",
              { metrics: ["errorRatePercent", "apiLatencyP95Ms", "apiLatencyP99Ms"] },
              { freshMinutes: 15 },
            ),
          ],
        },
        { key: "increase-traffic", title: "Gradually increase traffic to new version" },
      ],
    },
  ],
};

export const POST_DEPLOYMENT: PhaseTemplate = {
  key: "post-deployment",
  title: "Post-deployment",
  timing: { label: "T+30 min", offsetMinutes: 30, startsAtT0: false },
  sections: [
    {
      key: "post-deployment",
      title: "Post-deployment",
      items: [
        {
          key: "health-checks-green",
          title: "All health checks green for 30+ minutes",
          critical: true,
          requirement: { kind: "wait", minutes: 30, since: "t-0" },
          checks: [settles("http-health", { greenMinutes: 30 }, { freshMinutes: 15 })],
        },
        {
          key: "error-rates-normal",
          title: "Error rates within normal range",
          critical: true,
          requirement: { kind: "slo", metrics: ["errorRatePercent"] },
          checks: [settles("prometheus-slo", { metrics: ["errorRatePercent"] }, { freshMinutes: 15 })],
        },
        {
          key: "latency-within-slo",
          title: "Latency P95/P99 within SLO",
          critical: true,
          requirement: { kind: "slo", metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms"] },
          checks: [
            settles(
              "prometheus-slo",
              { metrics: ["apiLatencyP95Ms", "apiLatencyP99Ms"] },
              { freshMinutes: 15 },
            ),
          ],
        },
        {
          key: "no-critical-alerts",
          title: "No critical alerts firing",
          critical: true,
          requirement: { kind: "proof", title: "no critical alert firing" },
          checks: [settles("alertmanager-alerts", { severity: "critical" }, { freshMinutes: 15 })],
        },
        { key: "post-smoke-tests", title: "Smoke tests passing", checks: [settles("junit")] },
        { key: "user-acceptance", title: "User acceptance testing completed" },
        { key: "maintenance-mode-off", title: "Disable maintenance mode" },
      ],
    },
  ],
};
