import { startWorker } from "#lib/jobs/start-worker.ts";
import { closePool } from "#lib/db/pool.ts";

// The process that works on the queues, beside those that answer browsers.
process.title = "countersign-worker";
const worker = await startWorker();
process.once("SIGTERM", () => {
  void worker
    .stop()
    .then(closePool)
    .then(() => process.exit(0));
});
