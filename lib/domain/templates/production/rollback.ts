import { settles } from "../check-uses.ts";
import type { PhaseTemplate } from "../../template.ts";

export const ROLLBACK: PhaseTemplate = {
  key: "rollback",
  title: "Rollback",
  timing: { label: "when triggered", offsetMinutes: null, startsAtT0: false },
  sections: [
    {
      key: "immediate-actions",
      title: "Immediate actions",
      items: [
        { key: "rollback-incident-response", title: "Trigger incident response procedure" },
        { key: "rollback-notify-on-call", title: "Notify on-call team" },
        { key: "rollback-status-page", title: "Update status page" },
      ],
    },
    {
      key: "rollback-steps",
      title: "Rollback steps",
      items: [
        { key: "rollback-revert", title: "Revert to previous version (blue-green switch)", critical: true },
        {
          key: "rollback-health-checks",
          title: "Verify health checks passing",
          critical: true,
          checks: [settles("http-health", { greenMinutes: 0 }, { freshMinutes: 15 })],
        },
        { key: "rollback-smoke-tests", title: "Run smoke tests", critical: true, checks: [settles("junit")] },
        {
          key: "rollback-monitor",
          title: "Monitor for 15 minutes",
          requirement: { kind: "wait", minutes: 15, since: "preceding-items" },
        },
      ],
    },
    {
      key: "recovery",
      title: "Recovery",
      items: [
        { key: "rollback-root-cause", title: "Identify root cause" },
        { key: "rollback-hotfix", title: "Create hotfix if needed", conditional: true },
        { key: "rollback-hotfix-tested", title: "Test hotfix on staging" },
        { key: "rollback-redeployment", title: "Schedule re-deployment" },
      ],
    },
  ],
};
