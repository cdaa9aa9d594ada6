import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEAD_JOBS, jobQueue } from "#lib/db/job-queue.ts";
import { startWorker } from "#lib/jobs/start-worker.ts";
import { listDeadJobs } from "#lib/queries/list-dead-jobs.ts";
import { runJobAgain } from "#lib/services/jobs.ts";
import { makePerson, makeTeam, refusalOf } from "#test/support/factories.ts";

let admin: Awaited<ReturnType<typeof makePerson>>;
const workers: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  admin = await makePerson("admin", null);
});

afterAll(async () => {
  for (const worker of workers) await worker.stop();
});

test("what fails every time ends where an admin sees it, and runs again on their word", async () => {
  const queue = await jobQueue();
  await queue.send("run-checks", { id: "not an id" }, { retryLimit: 0, singletonKey: "broken" });
  workers.push(await startWorker(), await startWorker());
  const dead = await eventually(
    async () => listDeadJobs(admin),
    (jobs) => jobs.length > 0,
  );
  expect(dead).toHaveLength(1);
  expect(dead[0]).toMatchObject({ queue: "run-checks", about: '{"id":"not an id"}' });
  expect(dead[0]?.why).toContain("invalid input syntax for type uuid");
  const { lead } = await makeTeam();
  expect(await refusalOf(listDeadJobs(lead))).toBe("forbidden");
  expect(await refusalOf(runJobAgain(lead, { jobId: dead[0]?.id ?? "" }))).toBe("forbidden");
  await runJobAgain(admin, { jobId: dead[0]?.id ?? "" });
  expect(await refusalOf(runJobAgain(admin, { jobId: dead[0]?.id ?? "" }))).toBe("not-found");
  expect((await queue.findJobs(DEAD_JOBS)).map(({ id }) => id)).not.toContain(dead[0]?.id);
});

async function eventually<T>(look: () => Promise<T>, isSeen: (seen: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const seen = await look();
    if (isSeen(seen) || attempt === 100) return seen;
    await sleep(200);
  }
}
