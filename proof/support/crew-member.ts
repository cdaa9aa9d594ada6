import { closeJobQueue } from "#lib/db/job-queue.ts";
import { closePool } from "#lib/db/pool.ts";
import type { CrewAnswer, CrewRequest } from "./crew.ts";
import { JOBS } from "./jobs.ts";

// A process of a crew: does the jobs it is asked for, many at once, until its parent lets go.
process.on("message", (message) => void work(requestOf(message)));
process.once("disconnect", () => void closeJobQueue().then(closePool));
// A lost connection is what some promises are about.
console.warn = () => undefined;

async function work({ id, job, input }: CrewRequest): Promise<void> {
  try {
    answer({ id, result: await jobNamed(job)(input) });
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answer(message: CrewAnswer): void {
  // Whoever has let go of this process does not wait for it.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

// Both ends are this program: `crew.ts` sends requests in this form, with the named job's own input.
function requestOf(message: unknown): CrewRequest {
  return message as CrewRequest;
}
function jobNamed(name: CrewRequest["job"]): (input: unknown) => Promise<unknown> {
  return JOBS[name] as (input: unknown) => Promise<unknown>;
}
