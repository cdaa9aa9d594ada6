import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEAD_JOBS, jobQueue } from "#lib/db/job-queue.ts";

export type DeadJob = {
  readonly id: string;
  /** The queue that it failed in. */
  readonly queue: string;
  readonly failedAt: string;
  readonly about: string;
  readonly why: string;
};

/** Jobs that failed every time, oldest first. Admins of all teams only. */
export async function listDeadJobs(actor: Actor): Promise<readonly DeadJob[]> {
  if (!mayEverywhere(actor, "jobs.manage")) throw new Rejection("forbidden", "Admins look after jobs");
  const jobs = await (await jobQueue()).findJobs<unknown>(DEAD_JOBS, { limit: 200 });
  return jobs.map((job) => ({
    id: job.id,
    queue: job.sourceName ?? "unknown",
    failedAt: job.createdOn.toISOString(),
    about: JSON.stringify(job.data ?? {}),
    why: failure.parse(job.sourceOutput ?? {}).message,
  }));
}

const failure = z.looseObject({ message: z.string().default("No reason was kept") });
