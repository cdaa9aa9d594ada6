import { z } from "zod";
import { line, reason, recordId, webAddress } from "./text.ts";

const host = line(253).regex(/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/, "Must be a host name");
const port = z.int("Must be a port").min(1).max(65_535);
const nameServer = line(60).refine(isNameServer, "Written 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53");
const query = line(1_000).optional();

/**
 * The addresses that live checks of a service go to, by the kind of thing that answers there. Several
 * checkers share one group. No secret stands here: credentials are the administrator's, by origin.
 */
export const SERVICE_CHECKS = {
  tls: z.strictObject({
    hosts: z
      .array(z.strictObject({ host, port: port.default(443) }))
      .min(1)
      .max(10),
  }),
  dns: z.strictObject({
    records: z
      .array(
        z.strictObject({
          name: host,
          type: z.enum(["A", "AAAA", "CNAME", "MX", "TXT"]),
          /** Each must be among the answers; an MX is written `10 mail.example.com`. */
          expected: z.array(line(500)).min(1).max(20),
        }),
      )
      .min(1)
      .max(20),
    /** Addresses of name servers, `192.0.2.1` or `192.0.2.1:53`; empty means the machine's own. */
    resolvers: z.array(nameServer).max(5).default([]),
  }),
  http: z.strictObject({ urls: z.array(webAddress()).min(1).max(10) }),
  prometheus: z.strictObject({
    url: webAddress(),
    /** The scrape jobs that must have every target up; empty means all that Prometheus knows. */
    jobs: z.array(line(100)).max(50).default([]),
    /** PromQL for each figure, in the unit of its name; each must answer with one number. */
    queries: z
      .strictObject({
        errorRatePercent: query,
        apiLatencyP95Ms: query,
        apiLatencyP99Ms: query,
        cpuPercent: query,
        memoryPercent: query,
        diskPercent: query,
      })
      .default({}),
  }),
  alertmanager: z.strictObject({
    url: webAddress(),
    /** Label matchers such as `service="payments"`; empty means every alert. */
    matchers: z.array(line(200)).max(10).default([]),
  }),
  headers: z.strictObject({ url: webAddress() }),
  cors: z.strictObject({
    url: webAddress(),
    /** Origins that may read answers; any other must not. */
    allowedOrigins: z.array(webAddress()).max(20).default([]),
  }),
  "status-page": z.strictObject({ url: webAddress() }),
  /** Where the code lives, for GitHub's deployment protection rules. */
  github: z.strictObject({
    repository: line(200).regex(/^[\w.-]+\/[\w.-]+$/, "Written owner/name"),
    environment: line(100).default("production"),
  }),
} as const;

/** All groups of a service, each left out while the service gives no address for it. */
export const serviceChecks = z.strictObject(SERVICE_CHECKS).partial();

/** When each group's addresses were changed last, and by whom. */
export const addressChanges = z.record(z.string(), z.object({ at: z.string(), by: z.string() }));

export const serviceChecksInput = z.strictObject({
  serviceId: recordId,
  checks: serviceChecks,
  /** What the page showed: a group that stands in `checks` as it was shown stays as it is by now. */
  shown: serviceChecks.optional(),
});

export const freeRepositoryInput = z.strictObject({
  serviceId: recordId,
  /** What the page showed: no other that the service has named since is freed for it. */
  shown: SERVICE_CHECKS.github.optional(),
  reason,
});

export type FreeRepositoryInput = z.infer<typeof freeRepositoryInput>;
export type ServiceChecksInput = z.infer<typeof serviceChecksInput>;
export type AddressChanges = z.infer<typeof addressChanges>;
export type ServiceCheckGroup = keyof typeof SERVICE_CHECKS;

export type ServiceCheckSettings = {
  readonly [G in ServiceCheckGroup]: z.infer<(typeof SERVICE_CHECKS)[G]>;
};

export type ServiceChecks = Partial<ServiceCheckSettings>;

function isNameServer(text: string): boolean {
  const [, bracketed, plain, portText = "53"] =
    /^(?:\[([0-9a-f:.]+)\]|([0-9.]+|[0-9a-f:]+?))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const ip = z.union([z.ipv4(), z.ipv6()]);
  const isAddress = ip.safeParse(bracketed ?? plain).success || z.ipv6().safeParse(text).success;
  return isAddress && port.safeParse(Number(portText)).success;
}
