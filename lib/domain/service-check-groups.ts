// Apart from the inputs, so that a page which names them carries no parser.
import type { ServiceCheckGroup, ServiceChecks } from "./inputs/service-checks.ts";

export const SERVICE_CHECK_GROUPS = [
  "tls",
  "dns",
  "http",
  "prometheus",
  "alertmanager",
  "headers",
  "cors",
  "status-page",
  "github",
] as const satisfies readonly ServiceCheckGroup[];

export const SERVICE_CHECK_TITLES: Readonly<Record<ServiceCheckGroup, string>> = {
  tls: "TLS certificates",
  dns: "DNS records",
  http: "Health endpoints",
  prometheus: "Prometheus",
  alertmanager: "Alertmanager",
  headers: "Security headers",
  cors: "CORS policy",
  "status-page": "Status page",
  github: "GitHub",
};

/** The groups whose addresses differ. */
export function changedGroups(from: ServiceChecks, to: ServiceChecks): readonly ServiceCheckGroup[] {
  return SERVICE_CHECK_GROUPS.filter((group) => JSON.stringify(from[group]) !== JSON.stringify(to[group]));
}
