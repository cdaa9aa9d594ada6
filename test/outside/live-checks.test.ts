import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTls, type Server } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { serviceChecks } from "#lib/domain/inputs/service-checks.ts";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { makeCertificates, type Certificates } from "#test/support/peers/certificates.ts";
import { ensurePeers } from "#test/support/peers/ensure-peers.ts";
import { eventually, startMonitoring, type Monitoring } from "#test/support/peers/monitoring.ts";
import { startPeer, type Peer } from "#test/support/peers/peer.ts";

let folder: string;
let monitoring: Monitoring;
let certificates: Certificates;
const servers: Server[] = [];

beforeAll(async () => {
  ensurePeers("prometheus", "prometheus-alertmanager", "dnsmasq", "openssl");
  folder = mkdtempSync(join(tmpdir(), "countersign-peers-"));
  mkdirSync(join(folder, "tls"));
  certificates = makeCertificates(join(folder, "tls"));
  monitoring = await startMonitoring(join(folder, "monitoring"));
}, 180_000);

afterAll(async () => {
  await monitoring.stop();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const wayOut = () =>
  createOutside({
    allowedRanges: ["127.0.0.0/8", "::1/128"],
    credentials: {},
    extraCa: [certificates.ca],
    timeoutMs: 5_000,
  });

async function run(key: string, settings: object, parameters: object, now = new Date().toISOString()) {
  const checker = findChecker(key);
  if (checker?.kind !== "live") throw new Error(`no live checker ${key}`);
  const services = serviceChecks.parse({ [checker.group]: settings });
  const { result } = await checker.run(
    services,
    parameters,
    { now, t0At: null, slo: DEFAULT_SLO_TARGETS, probes: [] },
    wayOut(),
  );
  return result;
}

describe("a real Prometheus and Alertmanager", () => {
  const settings = () => ({
    url: monitoring.prometheus,
    jobs: ["api"],
    queries: {
      errorRatePercent: "errors",
      apiLatencyP95Ms: "latency * 1000",
      cpuPercent: "vector(42)",
      memoryPercent: "vector(84.9)",
      diskPercent: "vector(81)",
    },
  });

  test("targets, figures and alerts as they are, and as they turn bad", { timeout: 90_000 }, async () => {
    const quiet = await eventually(
      () => run("prometheus-targets", settings(), {}),
      ({ verdict }) => verdict === "pass",
    );
    expect(quiet).toMatchObject({ verdict: "pass", summary: "1 of 1 targets are up" });
    const figures = await run("prometheus-slo", settings(), {
      metrics: ["errorRatePercent", "apiLatencyP95Ms"],
    });
    expect(figures).toMatchObject({ verdict: "pass", values: { errorRatePercent: 0, apiLatencyP95Ms: 312 } });
    const resources = await run("prometheus-resources", settings(), {
      cpuPercent: 80,
      memoryPercent: 85,
      diskPercent: 80,
    });
    expect(resources).toMatchObject({ verdict: "fail", summary: "CPU 42 %, Memory 84.9 %, Disk 81 %" });
    const alerts = { url: monitoring.alertmanager };
    expect((await run("alertmanager-alerts", alerts, { severity: "critical" })).verdict).toBe("pass");
    expect((await run("alertmanager-routing", alerts, {})).verdict).toBe("pass");

    monitoring.metrics.errors = 3;
    const firing = await eventually(
      () => run("alertmanager-alerts", alerts, { severity: "critical" }),
      ({ verdict }) => verdict === "fail",
    );
    expect(firing).toMatchObject({ verdict: "fail", summary: "1 critical alerts fire" });
    expect((await run("prometheus-slo", settings(), { metrics: ["errorRatePercent"] })).verdict).toBe("fail");
    monitoring.metrics.up = false;
    const down = await eventually(
      () => run("prometheus-targets", settings(), {}),
      ({ verdict }) => verdict === "fail",
    );
    expect(down.summary).toBe("0 of 1 targets are up");
  });

  test("a query that is no PromQL, and a server that is not there, tell nothing", async () => {
    const broken = { ...settings(), queries: { errorRatePercent: "rate(" } };
    expect((await run("prometheus-slo", broken, { metrics: ["errorRatePercent"] })).verdict).toBe("unknown");
    const gone = { ...settings(), url: `http://127.0.0.1:${await freePort()}` };
    const result = await run("prometheus-targets", gone, {});
    expect(result).toMatchObject({
      verdict: "unknown",
      summary: expect.stringContaining("cannot be reached (ECONNREFUSED)"),
    });
  });
});

describe("real TLS servers", () => {
  const serve = async (certificate: { key: string; cert: string }) => {
    const server = createTls(certificate, (socket) => socket.end());
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // What listens on a port has an address with that port.
    return { hosts: [{ host: "localhost", port: (server.address() as AddressInfo).port }] };
  };
  const DAYS = { minDaysLeft: 21 };

  test("a good chain passes, and fails by itself when its days run out", async () => {
    const settings = await serve(certificates.good);
    expect(await run("tls-certificate", settings, DAYS)).toMatchObject({
      verdict: "pass",
      summary: "Valid for 59 more days",
    });
    const later = new Date(Date.now() + 45 * 86_400_000).toISOString();
    expect((await run("tls-certificate", settings, DAYS, later)).summary).toContain(
      "14 days left; at least 21 are required",
    );
  });

  test.each([
    ["expired", "it has expired"],
    ["wrongName", "it is for another name (other.example)"],
    ["expiredIntermediate", "its chain is not trusted (CERT_HAS_EXPIRED)"],
    ["expiredForeignRoot", "its chain is not trusted (CERT_HAS_EXPIRED)"],
    ["selfSigned", "its chain is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)"],
  ] as const)("%s fails and says why", async (name, words) => {
    const result = await run("tls-certificate", await serve(certificates[name]), DAYS);
    expect(result.verdict).toBe("fail");
    expect(result.summary).toContain(words);
  });

  test("one with a date that no calendar has tells nothing", async () => {
    const result = await run("tls-certificate", await serve(certificates.impossibleDate), DAYS);
    expect(result.verdict).toBe("unknown");
    expect(result.summary).toContain("shows a certificate with an impossible date");
  });

  test("a server that speaks no TLS tells nothing", async () => {
    const plain = createHttp((_request, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as AddressInfo;
    expect((await run("tls-certificate", { hosts: [{ host: "localhost", port }] }, DAYS)).verdict).toBe(
      "unknown",
    );
    plain.close();
  });
});

describe("a real DNS server", () => {
  let dns: Peer;
  let server: string;

  beforeAll(async () => {
    const port = await freePort();
    server = `127.0.0.1:${port}`;
    const zone = [
      "--address=/www.zone.test/192.0.2.10",
      "--address=/www.zone.test/2001:db8::10",
      "--cname=alias.zone.test,www.zone.test",
      "--host-record=www.zone.test,192.0.2.10",
      "--mx-host=zone.test,mail.zone.test,10",
      "--txt-record=zone.test,v=spf1 -all",
      "--local=/zone.test/",
    ];
    const args = [
      "--no-daemon",
      "--no-resolv",
      "--no-hosts",
      "--bind-interfaces",
      "--listen-address=127.0.0.1",
      `--port=${port}`,
      ...zone,
    ];
    dns = await startPeer(
      "dnsmasq",
      args,
      async () => (await records(["www.zone.test", "A", "192.0.2.10"])).verdict === "pass",
    );
  }, 30_000);

  afterAll(async () => dns.stop());

  const records = async (...wanted: readonly (readonly [string, string, string])[]) =>
    run(
      "dns-records",
      {
        records: wanted.map(([name, type, value]) => ({ name, type, expected: [value] })),
        resolvers: [server],
      },
      {},
    );

  test("records of every kind, as they resolve", async () => {
    const result = await records(
      ["www.zone.test", "A", "192.0.2.10"],
      ["www.zone.test", "AAAA", "2001:db8::10"],
      ["alias.zone.test", "CNAME", "www.zone.test."],
      ["zone.test", "MX", "10 MAIL.zone.test"],
      ["zone.test", "TXT", "v=spf1 -all"],
    );
    expect(result).toMatchObject({ verdict: "pass", summary: "5 answers as expected" });
  });

  test("a wrong value and a missing name fail; a silent server tells nothing", async () => {
    expect((await records(["www.zone.test", "A", "192.0.2.99"])).summary).toContain(
      "192.0.2.99 is missing; found 192.0.2.10",
    );
    expect((await records(["gone.zone.test", "A", "192.0.2.10"])).verdict).toBe("fail");
    const silent = {
      records: [{ name: "www.zone.test", type: "A", expected: ["192.0.2.10"] }],
      resolvers: [`127.0.0.1:${await freePort()}`],
    };
    expect((await run("dns-records", silent, {})).verdict).toBe("unknown");
  });
});

describe("a real HTTP server", () => {
  test("redirects are followed a little way; floods, zip bombs and loops are not", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = gzipSync(Buffer.alloc(30_000_000));
    const web = createHttp((request, response) => {
      const path = request.url ?? "";
      if (path === "/loop") response.writeHead(302, { location: "/loop" }).end();
      else if (path === "/once") response.writeHead(302, { location: "/ok" }).end();
      else if (path === "/inside") response.writeHead(302, { location: "http://10.0.0.1/" }).end();
      else if (path === "/bomb") response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
      else response.end("ok");
    });
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const { port } = web.address() as AddressInfo;
    const get = async (path: string) => wayOut().get(`http://127.0.0.1:${port}${path}`);
    expect((await get("/once")).status).toBe(200);
    await expect(get("/loop")).rejects.toThrow("redirects more than 3 times");
    await expect(get("/inside")).rejects.toThrow("is a private address");
    await expect(get("/bomb")).rejects.toThrow("answers more than 1024 KB");
    const health = async (path: string) =>
      run("http-health", { urls: [`http://127.0.0.1:${port}${path}`] }, { greenMinutes: 0 });
    expect((await health("/ok")).verdict).toBe("pass");
    expect(await health("/once"), "the page to sign in is no sign of health").toMatchObject({
      verdict: "fail",
      summary: expect.stringMatching(/302 in \d+ ms, which leads elsewhere$/),
    });
    web.close();
  });
});
