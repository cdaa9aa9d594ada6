import { expect, test } from "vitest";
import type { Outside, TlsObservation } from "#lib/evidence/outside.ts";
import { answer, nowhere, run } from "./paper-outside.ts";

const TLS: TlsObservation = {
  trusted: true,
  trustError: null,
  nameMatches: true,
  subject: "www.example.com",
  issuer: "R3",
  validFrom: "2026-02-01T00:00:00.000Z",
  validTo: "2026-05-01T00:00:00.000Z",
  protocol: "TLSv1.3",
};

const tls = (seen: Partial<TlsObservation>): Outside => ({
  ...nowhere,
  tls: async () => ({ ...TLS, ...seen }),
});
const dns = (answers: readonly string[]): Outside => ({ ...nowhere, resolve: async () => answers });
const HOSTS = { hosts: [{ host: "www.example.com" }] };
const DAYS = { minDaysLeft: 21 };
const record = (type: string, ...expected: string[]) => ({
  records: [{ name: "example.com", type, expected }],
});
const PROMETHEUS = {
  url: "https://p.example.com",
  jobs: ["api"],
  queries: {
    errorRatePercent: "e",
    apiLatencyP95Ms: "p",
    cpuPercent: "c",
    memoryPercent: "m",
    diskPercent: "d",
  },
};
const vector = (...values: string[]) => ({
  status: "success",
  data: { resultType: "vector", result: values.map((value) => ({ metric: {}, value: [1, value] })) },
});
const targets = (...states: string[]) => ({
  status: "success",
  data: { activeTargets: states.map((health) => ({ labels: { job: "api", instance: "a" }, health })) },
});
const ALERTS = { url: "https://a.example.com" };
const alert = (severity: string, state: string) => [
  { labels: { alertname: "Down", severity }, startsAt: "2026-03-10T11:00:00Z", status: { state } },
];
const routing = (original: string) => ({ config: { original } });
const HEADERS = {
  "strict-transport-security": "max-age=31536000",
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};
const PAGE = { url: "https://www.example.com/" };
const cors = (allow: (origin: string) => Record<string, string>): Outside => ({
  ...nowhere,
  get: async (_url, options) => ({
    status: 204,
    headers: allow(options?.headers?.["origin"] ?? ""),
    body: "",
    milliseconds: 1,
  }),
});
const CORS = { url: "https://api.example.com/", allowedOrigins: ["https://app.example.com"] };
const RESOURCES = { cpuPercent: 80, memoryPercent: 85, diskPercent: 80 };

type Row = readonly [
  key: string,
  what: string,
  services: object,
  parameters: object,
  outside: Outside,
  verdict: string,
];

const ROWS: readonly Row[] = [
  ["tls-certificate", "sound", HOSTS, DAYS, tls({}), "pass"],
  ["tls-certificate", "too few days", HOSTS, DAYS, tls({ validTo: "2026-03-20T00:00:00.000Z" }), "fail"],
  ["tls-certificate", "expired", HOSTS, DAYS, tls({ validTo: "2026-03-09T00:00:00.000Z" }), "fail"],
  ["tls-certificate", "not yet", HOSTS, DAYS, tls({ validFrom: "2026-03-11T00:00:00.000Z" }), "fail"],
  ["tls-certificate", "another name", HOSTS, DAYS, tls({ nameMatches: false }), "fail"],
  ["tls-certificate", "untrusted", HOSTS, DAYS, tls({ trusted: false, trustError: "SELF_SIGNED" }), "fail"],
  ["tls-certificate", "not there", HOSTS, DAYS, nowhere, "unknown"],
  [
    "dns-records",
    "as expected, in another case",
    record("CNAME", "Target.example.com"),
    {},
    dns(["target.EXAMPLE.com."]),
    "pass",
  ],
  ["dns-records", "one missing", record("A", "192.0.2.1", "192.0.2.2"), {}, dns(["192.0.2.1"]), "fail"],
  ["dns-records", "no answer", record("MX", "10 mail.example.com"), {}, dns([]), "fail"],
  ["dns-records", "a text in another case", record("TXT", "v=spf1 -all"), {}, dns(["V=SPF1 -all"]), "fail"],
  ["dns-records", "no name server", record("A", "192.0.2.1"), {}, nowhere, "unknown"],
  ["http-health", "healthy", { urls: [PAGE.url] }, { greenMinutes: 0 }, answer("ok"), "pass"],
  ["http-health", "a 500", { urls: [PAGE.url] }, { greenMinutes: 0 }, answer("no", { status: 500 }), "fail"],
  ["http-health", "not there", { urls: [PAGE.url] }, { greenMinutes: 0 }, nowhere, "fail"],
  ["prometheus-targets", "all up", PROMETHEUS, {}, answer(targets("up", "up")), "pass"],
  ["prometheus-targets", "one down", PROMETHEUS, {}, answer(targets("up", "down")), "fail"],
  ["prometheus-targets", "one not scraped yet", PROMETHEUS, {}, answer(targets("up", "unknown")), "unknown"],
  ["prometheus-targets", "the job is missing", PROMETHEUS, {}, answer(targets()), "fail"],
  ["prometheus-targets", "another answer", PROMETHEUS, {}, answer("<html>"), "unknown"],
  ["prometheus-slo", "within", PROMETHEUS, { metrics: ["errorRatePercent"] }, answer(vector("0.05")), "pass"],
  ["prometheus-slo", "over", PROMETHEUS, { metrics: ["errorRatePercent"] }, answer(vector("0.2")), "fail"],
  ["prometheus-slo", "NaN", PROMETHEUS, { metrics: ["errorRatePercent"] }, answer(vector("NaN")), "unknown"],
  [
    "prometheus-slo",
    "two series",
    PROMETHEUS,
    { metrics: ["errorRatePercent"] },
    answer(vector("0", "0")),
    "unknown",
  ],
  ["prometheus-slo", "no series", PROMETHEUS, { metrics: ["errorRatePercent"] }, answer(vector()), "unknown"],
  [
    "prometheus-slo",
    "no query",
    PROMETHEUS,
    { metrics: ["apiLatencyP99Ms"] },
    answer(vector("1")),
    "unknown",
  ],
  [
    "prometheus-slo",
    "an error",
    PROMETHEUS,
    { metrics: ["errorRatePercent"] },
    answer("x", { status: 400 }),
    "unknown",
  ],
  ["prometheus-resources", "within", PROMETHEUS, RESOURCES, answer(vector("42")), "pass"],
  ["prometheus-resources", "over", PROMETHEUS, RESOURCES, answer(vector("84")), "fail"],
  ["alertmanager-alerts", "quiet", ALERTS, { severity: "critical" }, answer([]), "pass"],
  [
    "alertmanager-alerts",
    "a lesser one",
    ALERTS,
    { severity: "critical" },
    answer(alert("warning", "active")),
    "pass",
  ],
  [
    "alertmanager-alerts",
    "one fires",
    ALERTS,
    { severity: "critical" },
    answer(alert("critical", "active")),
    "fail",
  ],
  [
    "alertmanager-alerts",
    "one is silenced",
    ALERTS,
    { severity: "critical" },
    answer(alert("critical", "suppressed")),
    "pass",
  ],
  [
    "alertmanager-alerts",
    "one not processed yet",
    ALERTS,
    { severity: "critical" },
    answer(alert("critical", "unprocessed")),
    "unknown",
  ],
  [
    "alertmanager-routing",
    "routes",
    ALERTS,
    {},
    answer(
      routing(
        "route: {receiver: a, routes: [{receiver: a}]}\nreceivers: [{name: a, email_configs: [{to: x}]}]",
      ),
    ),
    "pass",
  ],
  [
    "alertmanager-routing",
    "delivers nowhere",
    ALERTS,
    {},
    answer(routing("route: {receiver: a, routes: [{receiver: a}]}\nreceivers: [{name: a}]")),
    "fail",
  ],
  [
    "alertmanager-routing",
    "no sub-route",
    ALERTS,
    {},
    answer(routing("route: {receiver: a}\nreceivers: [{name: a, email_configs: [{to: x}]}]")),
    "fail",
  ],
  ["alertmanager-routing", "no configuration", ALERTS, {}, answer(routing("global: {}")), "unknown"],
  ["security-headers", "in place", PAGE, {}, answer("", { headers: HEADERS }), "pass"],
  ["security-headers", "none", PAGE, {}, answer(""), "fail"],
  [
    "security-headers",
    "a short HSTS",
    PAGE,
    {},
    answer("", { headers: { ...HEADERS, "strict-transport-security": "max-age=60" } }),
    "fail",
  ],
  [
    "cors-policy",
    "only the app",
    CORS,
    {},
    cors((origin): Record<string, string> =>
      origin === "https://app.example.com" ? { "access-control-allow-origin": origin } : {},
    ),
    "pass",
  ],
  [
    "cors-policy",
    "any origin is echoed",
    CORS,
    {},
    cors((origin) => ({ "access-control-allow-origin": origin })),
    "fail",
  ],
  [
    "cors-policy",
    "a wildcard with credentials",
    CORS,
    {},
    cors(() => ({ "access-control-allow-origin": "*", "access-control-allow-credentials": "true" })),
    "fail",
  ],
  ["cors-policy", "the app is not allowed", CORS, {}, cors(() => ({})), "fail"],
  ["status-page", "operational", PAGE, {}, answer({ status: { indicator: "none" } }), "pass"],
  ["status-page", "an outage", PAGE, {}, answer({ status: { indicator: "major" } }), "fail"],
  ["status-page", "Instatus", PAGE, {}, answer({ page: { status: "UP" } }), "pass"],
  ["status-page", "another page", PAGE, {}, answer({ ok: true }), "unknown"],
];

test.each(ROWS)("%s: %s", async (key, _what, services, parameters, outside, verdict) => {
  expect((await run(key, services, parameters, outside)).result.verdict).toBe(verdict);
});
