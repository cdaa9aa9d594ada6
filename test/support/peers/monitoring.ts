import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#scripts/runtime/free-port.ts";
import { startPeer, type Peer } from "./peer.ts";

export type Monitoring = Peer & {
  readonly prometheus: string;
  readonly alertmanager: string;
  /** What the exporter says from now on. */
  readonly metrics: { errors: number; up: boolean };
};

/** A real Prometheus that scrapes an exporter, with a rule whose alert goes to a real Alertmanager. */
export async function startMonitoring(folder: string): Promise<Monitoring> {
  const metrics = { errors: 0, up: true };
  const exporter = createServer((_request, response) => {
    response.statusCode = metrics.up ? 200 : 500;
    response.end(`# TYPE errors gauge\nerrors ${metrics.errors}\n# TYPE latency gauge\nlatency 0.312\n`);
  });
  await new Promise<void>((resolve) => exporter.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  const { port } = exporter.address() as AddressInfo;
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "alertmanager.yml"), ALERTMANAGER);
  writeFileSync(join(folder, "rules.yml"), RULES);
  writeFileSync(join(folder, "prometheus.yml"), prometheusConfig(folder, port, alertmanagerPort));
  const prometheus = `http://127.0.0.1:${prometheusPort}`;
  const alertmanager = `http://127.0.0.1:${alertmanagerPort}`;
  const answers = (url: string) => async () => (await fetch(url)).ok;
  const peers = await Promise.all([
    startPeer(
      "prometheus-alertmanager",
      [
        `--config.file=${join(folder, "alertmanager.yml")}`,
        `--storage.path=${join(folder, "am")}`,
        `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
        "--cluster.listen-address=",
      ],
      answers(`${alertmanager}/-/ready`),
    ),
    startPeer(
      "prometheus",
      [
        `--config.file=${join(folder, "prometheus.yml")}`,
        `--storage.tsdb.path=${join(folder, "tsdb")}`,
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
      ],
      answers(`${prometheus}/-/ready`),
    ),
  ]);
  const stop = async () => {
    await Promise.all(peers.map(async (peer) => peer.stop()));
    exporter.close();
  };
  return { prometheus, alertmanager, metrics, stop };
}

/** Waits until something is seen; peers take their seconds. */
export async function eventually<T>(look: () => Promise<T>, isSeen: (seen: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const seen = await look();
    if (isSeen(seen) || attempt === 150) return seen;
    await sleep(200);
  }
}

const ALERTMANAGER = `
route:
  receiver: pager
  group_wait: 0s
  routes: [{ receiver: pager, matchers: ['severity="critical"'] }]
receivers:
  - name: pager
    webhook_configs: [{ url: "http://127.0.0.1:9/" }]
`;

const RULES = `
groups:
  - name: test
    interval: 1s
    rules:
      - alert: ErrorsRise
        expr: errors > 0
        labels: { severity: critical }
`;

function prometheusConfig(folder: string, exporterPort: number, alertmanagerPort: number): string {
  return `
global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ["${join(folder, "rules.yml")}"]
scrape_configs:
  - job_name: api
    static_configs: [{ targets: ["127.0.0.1:${exporterPort}"] }]
alerting:
  alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${alertmanagerPort}"] }] }]
`;
}
