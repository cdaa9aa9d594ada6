import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

// `next start`, once for each core (at most four) on one port. All state is in Postgres, so it does
// not matter which process answers; one that dies is replaced.
const PROCESSES_AT_MOST = 4;
const RESTART_PAUSE_MS = 1_000;
const STOP_PATIENCE_MS = 2_000;

if (cluster.isPrimary) {
  let stopping = false;
  const count = Number(
    process.env.COUNTERSIGN_PROCESSES ?? Math.min(PROCESSES_AT_MOST, availableParallelism()),
  );
  for (let index = 0; index < count; index += 1) cluster.fork();
  cluster.on("exit", (_worker, code) => {
    if (stopping) {
      if (workers().length === 0) process.exit(0);
    } else if (code !== 0) {
      void sleep(RESTART_PAUSE_MS).then(() => stopping || cluster.fork());
    }
  });
  process.once("SIGTERM", () => {
    stopping = true;
    for (const worker of workers()) worker.process.kill("SIGTERM");
    // Whoever still talks to a browser after this has had time enough.
    setTimeout(() => workers().forEach((worker) => worker.process.kill("SIGKILL")), STOP_PATIENCE_MS);
  });
} else {
  process.title = "countersign";
  await import("next/dist/bin/next");
}

function workers() {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}
