import { expect, test } from "vitest";
import type { z } from "zod";
import {
  addFileInput,
  addReportInput,
  FILE_BYTES,
  overruleInput,
  runCheckInput,
} from "#lib/domain/inputs/evidence.ts";
import { protectionRulePayload } from "#lib/domain/inputs/protection-rule.ts";
import { freeRepositoryInput, serviceChecksInput } from "#lib/domain/inputs/service-checks.ts";
import { inputRefusals } from "#test/support/input-refusals.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const FILE = { deploymentId: ID, item: "cdn", name: "plan.pdf", bytes: new Uint8Array(1) };
const REPORT = { deploymentId: ID, checker: "junit", name: "junit.xml", bytes: new Uint8Array(1) };
const RULE = {
  action: "requested",
  environment: "production",
  deployment_callback_url: "https://api.github.example/callback",
  deployment: { sha: "a".repeat(40) },
  repository: { full_name: "a/b" },
  installation: { id: 1 },
};
const CHECKS = (checks: object) => ({ serviceId: ID, checks });
const tls = (host: string, port?: number) => CHECKS({ tls: { hosts: [{ host, port }] } });
const long = (length: number) => "x".repeat(length);
const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const RECORD = { name: "a.example", type: "A", expected: ["192.0.2.1"] };

/** Inputs that are taken, with what is kept where that is not the same. */
test.each<[string, z.ZodType, object, object?]>([
  ["a file", addFileInput, FILE],
  ["a report", addReportInput, REPORT, { ...REPORT, label: null }],
  ["a report of an item", addReportInput, { ...REPORT, item: "cdn", label: "e2e-2" }],
  ["a check now", runCheckInput, { deploymentId: ID, item: "cdn" }],
  ["an overruling", overruleInput, { deploymentId: ID, evidenceId: ID, reason: "Flaky" }],
  ["GitHub's question", protectionRulePayload, RULE],
  ["a repository let go", freeRepositoryInput, { serviceId: ID, reason: "Moved" }],
  ["no checks", serviceChecksInput, CHECKS({})],
  ["a host of one letter", serviceChecksInput, tls("a", 65_535)],
  [
    "checks with as little as they need",
    serviceChecksInput,
    CHECKS({
      tls: { hosts: [{ host: "a.example" }] },
      dns: { records: [{ name: "a.example", type: "MX", expected: ["10 mail.example"] }] },
      http: { urls: ["https://a.example/health"] },
      prometheus: { url: "http://prometheus:9090" },
      alertmanager: { url: "http://alertmanager:9093" },
      headers: { url: "https://a.example" },
      cors: { url: "https://a.example" },
      "status-page": { url: "https://status.example" },
      github: { repository: "my-org/my.repo_1" },
    }),
    CHECKS({
      tls: { hosts: [{ host: "a.example", port: 443 }] },
      dns: { records: [{ name: "a.example", type: "MX", expected: ["10 mail.example"] }], resolvers: [] },
      http: { urls: ["https://a.example/health"] },
      prometheus: { url: "http://prometheus:9090", jobs: [], queries: {} },
      alertmanager: { url: "http://alertmanager:9093", matchers: [] },
      headers: { url: "https://a.example" },
      cors: { url: "https://a.example", allowedOrigins: [] },
      "status-page": { url: "https://status.example" },
      github: { repository: "my-org/my.repo_1", environment: "production" },
    }),
  ],
  [
    "every figure's query",
    serviceChecksInput,
    CHECKS({
      prometheus: {
        url: "http://prometheus:9090",
        jobs: ["api"],
        queries: {
          errorRatePercent: "a",
          apiLatencyP95Ms: "b",
          apiLatencyP99Ms: "c",
          cpuPercent: "d",
          memoryPercent: "e",
          diskPercent: "f",
        },
      },
    }),
  ],
])("%s is taken", (_what, schema, input, kept = input) => {
  expect(schema.parse(input)).toEqual(kept);
});

test.each<[z.ZodType, object, Record<string, unknown>]>([
  [addFileInput, { ...FILE, name: "" }, { name: "Name the file" }],
  [addFileInput, { ...FILE, name: long(201) }, { name: "At most 200 characters" }],
  [addFileInput, { ...FILE, name: "../plan" }, { name: "A name without a path" }],
  [addFileInput, { ...FILE, name: "a\\plan" }, { name: "A name without a path" }],
  [addFileInput, { ...FILE, name: "." }, { name: "A name without a path" }],
  [addFileInput, { ...FILE, name: ".." }, { name: "A name without a path" }],
  [addFileInput, { ...FILE, bytes: new Uint8Array(0) }, { bytes: "The file is empty" }],
  [addFileInput, { ...FILE, bytes: new Uint8Array(FILE_BYTES + 1) }, { bytes: "At most 20 MB" }],
  [addReportInput, { ...REPORT, checker: "JUnit" }, { checker: "Not a checker" }],
  [addReportInput, { ...REPORT, checker: long(61) }, { checker: "Not a checker" }],
  [addReportInput, { ...REPORT, label: "e 2e" }, { label: "Small letters, digits and - only" }],
  [addReportInput, { ...REPORT, label: long(41) }, { label: "Small letters, digits and - only" }],
  [runCheckInput, { deploymentId: ID, item: "A" }, { item: "Not an item key" }],
  [runCheckInput, { deploymentId: ID, item: long(81) }, { item: "Not an item key" }],
  [overruleInput, { deploymentId: ID, evidenceId: "1", reason: "x" }, { evidenceId: "Not an id" }],
  [overruleInput, { deploymentId: ID, evidenceId: ID, reason: "" }, { reason: "Give a reason" }],
  [freeRepositoryInput, { serviceId: ID, reason: "" }, { reason: "Give a reason" }],
  [freeRepositoryInput, { serviceId: "1", reason: "x" }, { serviceId: "Not an id" }],
  [serviceChecksInput, { serviceId: "1", checks: {} }, { serviceId: "Not an id" }],
  [serviceChecksInput, CHECKS({ ftp: {} }), { checks: expect.anything() }],
  [serviceChecksInput, tls("a b.example"), { "checks.tls.hosts.0.host": "Must be a host name" }],
  [serviceChecksInput, tls("-a.example"), { "checks.tls.hosts.0.host": "Must be a host name" }],
  [serviceChecksInput, tls("a.example-"), { "checks.tls.hosts.0.host": "Must be a host name" }],
  [serviceChecksInput, tls(long(254)), { "checks.tls.hosts.0.host": "At most 253 characters" }],
  [serviceChecksInput, tls("a.example", 443.5), { "checks.tls.hosts.0.port": "Must be a port" }],
  [serviceChecksInput, tls("a.example", 0), { "checks.tls.hosts.0.port": expect.anything() }],
  [serviceChecksInput, tls("a.example", 65_536), { "checks.tls.hosts.0.port": expect.anything() }],
  [serviceChecksInput, CHECKS({ tls: { hosts: [] } }), { "checks.tls.hosts": expect.anything() }],
  [serviceChecksInput, CHECKS({ http: { urls: [] } }), { "checks.http.urls": expect.anything() }],
  [
    serviceChecksInput,
    CHECKS({ dns: { records: [], resolvers: ["dns.example"] } }),
    {
      "checks.dns.records": expect.anything(),
      "checks.dns.resolvers.0": "Written 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53",
    },
  ],
  [
    serviceChecksInput,
    CHECKS({ github: { repository: "repo" } }),
    { "checks.github.repository": "Written owner/name" },
  ],
  [
    serviceChecksInput,
    CHECKS({ github: { repository: "a/b/c" } }),
    { "checks.github.repository": "Written owner/name" },
  ],
  [
    serviceChecksInput,
    CHECKS({ headers: { url: "ftp://a.example" } }),
    { "checks.headers.url": "Must be an http or https address without a password in it" },
  ],
])("%# is refused, beside the field", (schema, input, fields) => {
  expect(inputRefusals(schema, input)).toEqual(fields);
});

test("a file may be as large as the limit", () => {
  expect(inputRefusals(addFileInput, { ...FILE, bytes: new Uint8Array(FILE_BYTES) })).toBeNull();
});

test.each<[z.ZodType, object]>([
  [addFileInput, FILE],
  [addReportInput, REPORT],
  [runCheckInput, { deploymentId: ID, item: "cdn" }],
  [overruleInput, { deploymentId: ID, evidenceId: ID, reason: "x" }],
  [freeRepositoryInput, { serviceId: ID, reason: "Moved" }],
])("%# takes each of its fields, and nothing besides", (schema, input) => {
  expect(inputRefusals(schema, { ...input, more: 1 })).toEqual({ "": expect.anything() });
  for (const field of Object.keys(input))
    expect(inputRefusals(schema, { ...input, [field]: undefined }), field).not.toBeNull();
});

test("GitHub's question needs all that the answer needs", () => {
  for (const more of [
    { action: "created" },
    { environment: "" },
    { environment: long(256) },
    { deployment_callback_url: "nowhere" },
    { deployment_callback_url: `https://a.example/${long(2_000)}` },
    { deployment: { sha: "a".repeat(39) } },
    { deployment: { sha: "a".repeat(41) } },
    { repository: { full_name: "a/" } },
    { repository: { full_name: `a/${long(200)}` } },
    { installation: { id: 0 } },
  ])
    expect(protectionRulePayload.safeParse({ ...RULE, ...more }).success, JSON.stringify(more)).toBe(false);
  expect(protectionRulePayload.parse({ ...RULE, sender: {} })).toEqual(RULE);
});

/** Every list of a service's checks, and how long it may be. */
test.each<[number, (count: number) => object]>([
  [10, (count) => ({ tls: { hosts: many(count, { host: "a.example" }) } })],
  [10, (count) => ({ http: { urls: many(count, "https://a.example") } })],
  [20, (count) => ({ dns: { records: many(count, RECORD) } })],
  [20, (count) => ({ dns: { records: [{ ...RECORD, expected: many(count, "192.0.2.1") }] } })],
  [5, (count) => ({ dns: { records: [RECORD], resolvers: many(count, "192.0.2.1") } })],
  [50, (count) => ({ prometheus: { url: "https://a.example", jobs: many(count, "api") } })],
  [10, (count) => ({ alertmanager: { url: "https://a.example", matchers: many(count, "a=b") } })],
  [20, (count) => ({ cors: { url: "https://a.example", allowedOrigins: many(count, "https://b.example") } })],
])("at most %i of them: %o", (most, checks) => {
  expect(inputRefusals(serviceChecksInput, CHECKS(checks(most)))).toBeNull();
  expect(inputRefusals(serviceChecksInput, CHECKS(checks(most + 1)))).not.toBeNull();
});

test("each part of a check is of a known kind, and takes nothing besides", () => {
  for (const checks of [
    { tls: { hosts: [{ host: "a.example", more: 1 }] } },
    { tls: { hosts: [{ host: "a.example" }], more: 1 } },
    { dns: { records: [{ ...RECORD, type: "SRV" }] } },
    { dns: { records: [{ ...RECORD, expected: [] }] } },
    { dns: { records: [{ ...RECORD, more: 1 }] } },
    { http: { urls: ["https://a.example"], more: 1 } },
    { prometheus: { url: "https://a.example", queries: { unheard: "x" } } },
    { prometheus: { url: "https://a.example", queries: { cpuPercent: long(1_001) } } },
    { alertmanager: { url: "https://a.example", more: 1 } },
    { headers: { url: "https://a.example", more: 1 } },
    { cors: { url: "https://a.example", more: 1 } },
    { "status-page": {} },
    { github: { repository: "a/b", more: 1 } },
  ])
    expect(inputRefusals(serviceChecksInput, CHECKS(checks)), JSON.stringify(checks)).not.toBeNull();
  for (const type of ["A", "AAAA", "CNAME", "MX", "TXT"])
    expect(inputRefusals(serviceChecksInput, CHECKS({ dns: { records: [{ ...RECORD, type }] } }))).toBeNull();
});
