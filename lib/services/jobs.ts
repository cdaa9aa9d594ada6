import type { Actor } from "#lib/domain/actor.ts";
import type { JobInput } from "#lib/domain/inputs/jobs.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEAD_JOBS, jobQueue } from "#lib/db/job-queue.ts";

/** Runs a job again that failed every time. Admins of all teams only. */
export async function runJobAgain(actor: Actor, { jobId }: JobInput): Promise<void> {
  if (!mayEverywhere(actor, "jobs.manage")) throw new Rejection("forbidden", "Admins look after jobs");
  const queue = await jobQueue();
  const moved = await queue.redrive(DEAD_JOBS, { ids: [jobId] });
  if (moved === 0) throw new Rejection("not-found", "There is no such job any more");
}
