import type { ServiceCheckGroup, ServiceChecks } from "#lib/domain/inputs/service-checks.ts";

/** One text field of a group: each line an entry where it takes a list. */
export type CheckField = {
  readonly name: string;
  readonly label: string;
  /** What the label does not say. */
  readonly hint?: string;
  readonly example?: string;
  readonly lines?: true;
};

/** The form of each group. What is typed is text; `checksFrom` makes the settings of it. */
export const CHECK_FIELDS: Readonly<Record<ServiceCheckGroup, readonly CheckField[]>> = {
  tls: [
    {
      name: "hosts",
      label: "Hosts",
      hint: "One a line.",
      example: "www.example.com\napi.example.com:8443",
      lines: true,
    },
  ],
  dns: [
    {
      name: "records",
      label: "Expected records",
      hint: "One a line: name, type, value.",
      example: "www.example.com A 203.0.113.7\nexample.com MX 10 mail.example.com",
      lines: true,
    },
    {
      name: "resolvers",
      label: "Name servers",
      hint: "Addresses, one a line. Empty: those of the machine that Countersign runs on.",
      example: "192.0.2.53",
      lines: true,
    },
  ],
  http: [
    {
      name: "urls",
      label: "Health addresses",
      hint: "One a line; each must answer 2xx.",
      example: "https://www.example.com/health",
      lines: true,
    },
  ],
  prometheus: [
    { name: "url", label: "Address", example: "https://prometheus.example.com" },
    {
      name: "jobs",
      label: "Scrape jobs",
      hint: "One a line. Empty: all that Prometheus knows.",
      example: "payments-api",
      lines: true,
    },
    {
      name: "errorRatePercent",
      label: "Error rate in percent",
      hint: "A query in PromQL that answers one number, as the five below.",
      example: "100 * sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))",
    },
    { name: "apiLatencyP95Ms", label: "API latency P95 in ms" },
    { name: "apiLatencyP99Ms", label: "API latency P99 in ms" },
    { name: "cpuPercent", label: "CPU in percent" },
    { name: "memoryPercent", label: "Memory in percent" },
    { name: "diskPercent", label: "Disk in percent" },
  ],
  alertmanager: [
    { name: "url", label: "Address", example: "https://alertmanager.example.com" },
    {
      name: "matchers",
      label: "Label matchers",
      hint: "One a line. Empty: every alert counts.",
      example: 'service="payments"',
      lines: true,
    },
  ],
  headers: [
    { name: "url", label: "Page whose security headers are checked", example: "https://www.example.com" },
  ],
  cors: [
    { name: "url", label: "Endpoint of the API", example: "https://api.example.com/v1" },
    {
      name: "allowedOrigins",
      label: "Origins that may read it",
      hint: "One a line. The check fails where any other origin may.",
      example: "https://www.example.com",
      lines: true,
    },
  ],
  "status-page": [
    { name: "url", label: "Address", example: "https://status.example.com/api/v2/status.json" },
  ],
  github: [
    { name: "repository", label: "Repository", example: "owner/name" },
    {
      name: "environment",
      label: "Protected environment",
      hint: "Empty: production.",
      example: "production",
    },
  ],
};

const QUERIES = [
  "errorRatePercent",
  "apiLatencyP95Ms",
  "apiLatencyP99Ms",
  "cpuPercent",
  "memoryPercent",
  "diskPercent",
];

/** What was typed, as the action's input; groups with nothing typed are left out. */
export function checksFrom(
  read: (group: ServiceCheckGroup, field: string) => string,
): Record<string, unknown> {
  const checks: Record<string, unknown> = {};
  for (const [group, fields] of entries()) {
    const typed = Object.fromEntries(fields.map(({ name }) => [name, read(group, name).trim()]));
    if (Object.values(typed).every((text) => text === "")) continue;
    checks[group] = settingsFrom(group, typed);
  }
  return checks;
}

/** The settings as the form shows them. */
export function textOfChecks(checks: ServiceChecks, group: ServiceCheckGroup, field: string): string {
  if (group === "tls")
    return (checks.tls?.hosts ?? [])
      .map(({ host, port }) => (port === 443 ? host : `${host}:${port}`))
      .join("\n");
  if (group === "dns" && field === "records") {
    return (checks.dns?.records ?? [])
      .flatMap(({ name, type, expected }) => expected.map((value) => `${name} ${type} ${value}`))
      .join("\n");
  }
  const settings: Readonly<Record<string, unknown>> = {
    ...checks[group],
    ...(group === "prometheus" ? checks.prometheus?.queries : {}),
  };
  const value = settings[field];
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "string" ? value : "";
}

function settingsFrom(group: ServiceCheckGroup, typed: Readonly<Record<string, string>>): unknown {
  if (group === "tls") return { hosts: linesOf(typed["hosts"]).map(hostFrom) };
  if (group === "dns")
    return { records: recordsFrom(linesOf(typed["records"])), resolvers: linesOf(typed["resolvers"]) };
  const settings: Record<string, unknown> = {};
  const queries: Record<string, string> = {};
  for (const { name, lines } of CHECK_FIELDS[group]) {
    const text = typed[name] ?? "";
    if (QUERIES.includes(name)) {
      if (text !== "") queries[name] = text;
    } else if (lines) settings[name] = linesOf(text);
    else if (text !== "") settings[name] = text;
  }
  return group === "prometheus" ? { ...settings, queries } : settings;
}

function hostFrom(line: string) {
  const [host, port] = line.split(":");
  return port === undefined ? { host } : { host, port: Number(port) };
}

// Lines of the same name and type are one record with several values.
function recordsFrom(lines: readonly string[]) {
  const records = new Map<string, { name: string; type: string; expected: string[] }>();
  for (const line of lines) {
    const [name = "", type = "", ...value] = line.split(/\s+/);
    const key = `${name} ${type.toUpperCase()}`;
    const record = records.get(key) ?? { name, type: type.toUpperCase(), expected: [] };
    record.expected.push(value.join(" "));
    records.set(key, record);
  }
  return [...records.values()];
}

function linesOf(text = ""): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

// `CHECK_FIELDS` has exactly the groups as its keys.
function entries(): readonly (readonly [ServiceCheckGroup, readonly CheckField[]])[] {
  return Object.entries(CHECK_FIELDS) as [ServiceCheckGroup, readonly CheckField[]][];
}
