import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DEAD_JOBS, jobQueue } from "#lib/db/job-queue.ts";
import { describeMessages } from "#lib/db/messages.ts";

export type DeadJob = {
  readonly id: string;
  /** The queue that it failed in. */
  readonly queue: string;
  readonly failedAt: string;
  /** Whom a message is for; else what the job was given. */
  readonly about: string;
  readonly why: string;
};

/** Jobs that failed every time, oldest first. Admins of all teams only. */
export async function listDeadJobs(actor: Actor): Promise<readonly DeadJob[]> {
  if (!mayEverywhere(actor, "jobs.manage")) throw new Rejection("forbidden", "Admins look after jobs");
  const jobs = await (await jobQueue()).findJobs<unknown>(DEAD_JOBS, { limit: 200 });
  const messages = await describeMessages(jobs.map(({ data }) => about.safeParse(data).data?.id ?? ""));
  return jobs.map((job) => ({
    id: job.id,
    queue: job.sourceName ?? "unknown",
    failedAt: job.createdOn.toISOString(),
    about: messages.get(about.safeParse(job.data).data?.id ?? "") ?? JSON.stringify(job.data ?? {}),
    why: failure.parse(job.sourceOutput ?? {}).message,
  }));
}

const about = z.looseObject({ id: z.uuid() });
const failure = z.looseObject({ message: z.string().default("No reason was kept") });
