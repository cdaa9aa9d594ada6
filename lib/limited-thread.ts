import { join } from "node:path";
import { Piscina } from "piscina";

export type ThreadLimits = {
  /** The module that the thread runs, from the repository's root; Node reads its TypeScript as it stands. */
  readonly file: string;
  readonly seconds: number;
  readonly megabytes: number;
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

export type RunInThread<Task, Result> = (task: Task, large: boolean) => Promise<Result>;

const IDLE_MS = 10_000;

/**
 * Runs tasks in a thread of their own, one after another, so that none spends its time waiting. What takes
 * more than its limits ends the thread, not the process, and rejects with `BeyondLimits`. After a `large`
 * task the thread ends: a heap that has grown stays grown.
 */
export function createThread<Task, Result>({
  file,
  seconds,
  megabytes,
}: ThreadLimits): RunInThread<Task, Result> {
  let last: Promise<unknown> = Promise.resolve();
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

  return async (task, large) => {
    const turn = last.then(() => run(task, large));
    last = turn.catch(() => undefined);
    return turn;
  };
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
