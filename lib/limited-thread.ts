import { join } from "node:path";
import { Piscina } from "piscina";
import { createFairTurns } from "./fair-turns.ts";

export type ThreadLimits = {
  /** The module that the thread runs, from the repository's root; Node reads its TypeScript as it stands. */
  readonly file: string;
  readonly seconds: number;
  readonly megabytes: number;
  /** What the tasks of one person that wait may weigh together. */
  readonly waitingAtMost: number;
};

/** A task took more than its thread is given. */
export class BeyondLimits extends Error {
  override readonly name = "BeyondLimits";
  readonly of: "time" | "memory";

  constructor(of: "time" | "memory") {
    super(`a task took too much ${of}`);
    this.of = of;
  }
}

/** Whose task it is, and how much it weighs of what one person may have waiting. */
export type Turn = { readonly who: string; readonly weight: number };

export type RunInThread<Task, Result> = (task: Task, turn: Turn, large: boolean) => Promise<Result>;

const IDLE_MS = 3_000;

/**
 * Runs tasks in a thread of their own, one after another and by turns of those who brought them, so that
 * none spends its time waiting. What takes more than its limits ends the thread, not the process, and
 * rejects with `BeyondLimits`; what is too much to wait, with `TooMuchWaiting`. After a `large` task the
 * thread ends: a heap that has grown stays grown.
 */
export function createThread<Task, Result>({
  file,
  seconds,
  megabytes,
  waitingAtMost,
}: ThreadLimits): RunInThread<Task, Result> {
  const inFairTurn = createFairTurns(waitingAtMost);
  let thread: Piscina<Task, Result> | undefined;

  async function run(task: Task, large: boolean): Promise<Result> {
    thread ??= start<Task, Result>(file, megabytes);
    const signal = AbortSignal.timeout(seconds * 1_000);
    try {
      return await thread.run(task, { signal });
    } catch (error) {
      if (signal.aborted) throw new BeyondLimits("time");
      throw isOutOfMemory(error) ? new BeyondLimits("memory") : error;
    } finally {
      if (large) await end();
    }
  }

  async function end(): Promise<void> {
    const ended = thread;
    thread = undefined;
    await ended?.destroy();
  }

  return async (task, { who, weight }, large) => inFairTurn(who, weight, async () => run(task, large));
}

// The build of the app does not hold the module: the app always starts from its repository.
function start<Task, Result>(file: string, megabytes: number): Piscina<Task, Result> {
  const thread = new Piscina<Task, Result>({
    filename: join(process.cwd(), file),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  // A thread that dies of a task that was answered already must not take the process with it.
  return thread.on("error", () => undefined);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
