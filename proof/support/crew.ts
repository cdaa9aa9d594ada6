import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { JOBS } from "./jobs.ts";

type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type JobInput<J extends JobName> = Parameters<Jobs[J]>[0];
export type JobResult<J extends JobName> = Awaited<ReturnType<Jobs[J]>>;

export type CrewRequest = { readonly id: number; readonly job: JobName; readonly input: unknown };
export type CrewAnswer = { readonly id: number; readonly result?: unknown; readonly error?: string };

export type Crew = {
  readonly size: number;
  /** Has a member of the crew do a job; `member` may be any number, they take turns. */
  readonly call: <J extends JobName>(member: number, job: J, input: JobInput<J>) => Promise<JobResult<J>>;
};

/**
 * Runs a task with processes of their own that use the services on the same database: within one
 * process changes of a record take turns, between processes they meet in the database.
 */
export async function withCrew<T>(size: number, task: (crew: Crew) => Promise<T>): Promise<T> {
  const members = Array.from({ length: size }, startMember);
  const call: Crew["call"] = (member, job, input) => {
    const chosen = members[member % size];
    if (chosen === undefined) throw new Error("the crew is empty");
    return resultOf(chosen.ask(job, input));
  };
  try {
    return await task({ size, call });
  } finally {
    for (const { child } of members) child.disconnect();
    await Promise.all(members.map(({ gone }) => gone));
  }
}

function startMember() {
  const child = fork(join(import.meta.dirname, "crew-member.ts"));
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on("message", (message) => {
    const { id, result, error } = answerOf(message);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(error));
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`a member of the crew ended with ${code}`));
      resolve();
    });
  });
  const ask = async (job: JobName, input: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      send(child, { id: last, job, input }, reject);
    });
  return { child, gone, ask };
}

function send(child: ChildProcess, request: CrewRequest, failed: (error: Error) => void): void {
  child.send(request, (error) => {
    if (error !== null) failed(error);
  });
}

// Both ends are this program: a member answers in this form, with what the named job returned.
function answerOf(message: unknown): CrewAnswer {
  return message as CrewAnswer;
}
function resultOf<J extends JobName>(answer: Promise<unknown>): Promise<JobResult<J>> {
  return answer as Promise<JobResult<J>>;
}
