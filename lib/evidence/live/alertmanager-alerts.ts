import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import { getPrometheus } from "./prometheus-api.ts";
import { readAnswer } from "./read-answer.ts";

const alert = z.object({
  labels: z.record(z.string(), z.string()),
  startsAt: z.string(),
  status: z.object({ state: z.string() }),
});

/** What an alert in each state says; one in any other is not processed yet. */
const LEVELS = new Map<string, Finding["level"]>([
  ["active", "fail"],
  ["suppressed", "info"],
]);

/** No alert of the severity fires; a silenced or inhibited one is named and does not count. */
export const alertmanagerAlerts = defineLive({
  key: "alertmanager-alerts",
  title: "Alertmanager alerts",
  group: "alertmanager",
  parameters: z.object({ severity: z.string().min(1) }),
  collect: async ({ url, matchers }, _parameters, outside) => {
    const filter = matchers.map((matcher) => `&filter=${encodeURIComponent(matcher)}`).join("");
    const body = await getPrometheus(
      outside,
      url,
      `api/v2/alerts?active=true&silenced=true&inhibited=true${filter}`,
    );
    return readAnswer(body, z.array(alert), "a list of alerts");
  },
  evaluate: (alerts, { severity }) => {
    const counted = alerts.filter(({ labels }) => labels["severity"] === severity);
    const findings = counted.map(({ labels, startsAt, status }): Finding => ({
      level: LEVELS.get(status.state) ?? "unknown",
      title: labels["alertname"] ?? "an alert without a name",
      detail: `${status.state === "active" ? "fires" : status.state} since ${startsAt}`,
    }));
    const firing = findings.filter(({ level }) => level === "fail").length;
    const clear: Finding = { level: "pass", title: `No other ${severity} alert`, detail: null };
    const summary = firing === 0 ? `No ${severity} alert fires` : `${firing} ${severity} alerts fire`;
    return checkResult(verdictOf([...findings, clear]), summary, findings);
  },
});
