import { fork, type ChildProcess } from "node:child_process";
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { believeProxies, proxyHopsFrom } from "./caller-address.ts";
import { passOnKnownCallers } from "./known-callers.ts";
import { boundOpenRequests } from "./open-requests.ts";
import { insistOnTransportSecurity } from "./strict-transport.ts";
import { refuseUnreadableRequests } from "./unreadable-requests.ts";

// `next start`, once for each core (at most four) on one port. All state is in Postgres, so it does
// not matter which process answers; one that dies is replaced. Beside them a worker runs the jobs.
const PROCESSES_AT_MOST = 4;
const RESTART_PAUSE_MS = 1_000;
const STOP_PATIENCE_MS = 2_000;

// Whoever runs workers elsewhere switches the one beside the server off.
const withJobs = process.env.COUNTERSIGN_WORKER !== "0";

if (cluster.isPrimary) {
  // Each thread of a process would have a heap of its own by glibc's default, and none gives back what others lack.
  process.env.MALLOC_ARENA_MAX ??= "2";
  let stopping = false;
  const count = Number(
    process.env.COUNTERSIGN_PROCESSES ?? Math.min(PROCESSES_AT_MOST, availableParallelism()),
  );
  passOnKnownCallers();
  for (let index = 0; index < count; index += 1) cluster.fork();
  let jobs = withJobs ? forkWorker() : undefined;
  cluster.on("exit", (_worker, code) => {
    if (stopping) {
      exitWhenAlone();
    } else if (code !== 0) {
      void sleep(RESTART_PAUSE_MS).then(() => stopping || cluster.fork());
    }
  });
  process.once("SIGTERM", () => {
    stopping = true;
    for (const child of children()) child.kill("SIGTERM");
    // Whoever still talks to a browser after this has had time enough.
    setTimeout(() => children().forEach((child) => child.kill("SIGKILL")), STOP_PATIENCE_MS);
  });

  function forkWorker(): ChildProcess {
    const child = fork(join(import.meta.dirname, "worker.ts"), { execArgv: process.execArgv });
    child.once("exit", () => {
      jobs = undefined;
      if (stopping) exitWhenAlone();
      else void sleep(RESTART_PAUSE_MS).then(() => stopping || (jobs = forkWorker()));
    });
    return child;
  }

  function children(): readonly { kill: (signal: NodeJS.Signals) => boolean | void }[] {
    return [...workers().map((worker) => worker.process), ...(jobs === undefined ? [] : [jobs])];
  }

  function exitWhenAlone(): void {
    if (children().length === 0) process.exit(0);
  }
} else {
  process.title = "countersign";
  refuseUnreadableRequests();
  believeProxies(proxyHopsFrom(process.env.COUNTERSIGN_PROXY_HOPS));
  boundOpenRequests();
  insistOnTransportSecurity(process.env.COUNTERSIGN_ORIGIN);
  await import("next/dist/bin/next");
}

function workers() {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}
