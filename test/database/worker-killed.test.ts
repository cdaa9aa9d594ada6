import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configureChecks } from "#lib/services/service-checks.ts";
import { jobQueue, JOBS_SCHEMA } from "#lib/db/job-queue.ts";
import { pool } from "#lib/db/pool.ts";
import { binary, ROOT } from "#scripts/runtime/paths.ts";
import { eventTypes, load, makeTeam, openRecord } from "#test/support/factories.ts";

// A service that keeps its first caller waiting, and answers whoever comes later.
let service: Server;
let url: string;
let asked: () => void = () => undefined;
const firstQuestion = new Promise<void>((resolve) => (asked = resolve));
const waiting: ServerResponse[] = [];
const workers: ChildProcess[] = [];

beforeAll(async () => {
  service = createServer((_request, response) => {
    if (waiting.push(response) > 1) response.writeHead(200).end();
    asked();
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/health`;
});

afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
  service.closeAllConnections();
  service.close();
});

test("a worker killed in mid-check leaves nothing half done; another one takes the job up", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const {
    service: { id: serviceId },
  } = await load(id);
  await configureChecks(team.lead, { serviceId, checks: { http: { urls: [url] } } });
  const queue = await jobQueue();
  await queue.send("run-checks", { id }, { singletonKey: id });

  const first = startWorker();
  await firstQuestion;
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(await eventTypes(id)).toEqual(["deployment.opened"]);

  // Its time runs out: two minutes that the test does not wait for.
  await pool().query(
    `UPDATE ${JOBS_SCHEMA}.job SET started_on = now() - interval '10 minutes' WHERE name = 'run-checks' AND state = 'active'`,
  );
  startWorker();
  await untilChecked(id);
  expect(await eventTypes(id)).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
});

function startWorker(): ChildProcess {
  const worker = spawn(
    binary("node"),
    ["--disable-warning=ExperimentalWarning", "scripts/runtime/worker.ts"],
    { cwd: ROOT, env: process.env, stdio: "ignore" },
  );
  workers.push(worker);
  return worker;
}

async function untilChecked(id: string): Promise<void> {
  const queue = await jobQueue();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    await queue.supervise("run-checks");
    if ((await eventTypes(id)).length > 1) return;
    await sleep(200);
  }
}
