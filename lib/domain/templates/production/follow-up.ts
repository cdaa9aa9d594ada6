import { settles } from "../check-uses.ts";
import type { PhaseTemplate } from "../../template.ts";

export const FOLLOW_UP: PhaseTemplate = {
  key: "follow-up",
  title: "Follow-up",
  timing: { label: "24-48 h", offsetMinutes: 24 * 60, startsAtT0: false },
  sections: [
    {
      key: "monitoring",
      title: "Monitoring",
      items: [
        { key: "metrics-review", title: "Review metrics dashboards (24h)" },
        { key: "error-tracking-review", title: "Check error tracking for new issues" },
        { key: "log-review", title: "Review log aggregation for anomalies" },
        { key: "backup-jobs", title: "Verify backup jobs completed successfully" },
        {
          key: "resource-utilization",
          title: "Check resource utilization (CPU, memory, disk)",
          checks: [
            settles(
              "prometheus-resources",
              { cpuPercent: 80, memoryPercent: 85, diskPercent: 80 },
              { freshMinutes: 60 },
            ),
          ],
        },
      ],
    },
    {
      key: "documentation",
      title: "Documentation",
      items: [
        { key: "deployment-documentation", title: "Update deployment documentation" },
        { key: "postmortem", title: "Create postmortem if issues occurred", conditional: true },
        { key: "runbooks-updated", title: "Update runbooks based on learnings" },
        { key: "configuration-changes", title: "Document configuration changes" },
        { key: "api-documentation", title: "Update API documentation if changed", conditional: true },
      ],
    },
    {
      key: "communication",
      title: "Communication",
      items: [
        { key: "stakeholders-notified", title: "Notify stakeholders of successful deployment" },
        {
          key: "status-page-operational",
          title: "Update status page to operational",
          checks: [settles("status-page", {}, { freshMinutes: 60 })],
        },
        { key: "metrics-report", title: "Share metrics report with team" },
        { key: "retrospective", title: "Conduct retrospective meeting" },
      ],
    },
  ],
};
