import { ThreadsPoolWorker, type PoolOptions, type PoolWorker, type WorkerRequest } from "vitest/node";

export const POOL = "kept-thread";

// Whatever runs leave behind goes with the thread.
const RUNS_OF_A_THREAD = 100;

type StartRequest = Extract<WorkerRequest, { type: "start" }>;
type Listener = (message: unknown) => void;

/**
 * A pool of one thread that stays from run to run. A mutant costs the tests that judge it, instead of
 * a thread, vitest and every module anew; `mutation-setup.ts` empties the modules where a mutant needs it.
 */
export class KeptThread {
  private thread: ThreadsPoolWorker | null = null;
  private runs = 0;

  readonly pool = {
    name: POOL,
    createPoolWorker: (options: PoolOptions): PoolWorker => {
      if (this.runs % RUNS_OF_A_THREAD === 0) void this.stop();
      this.runs += 1;
      const isNew = this.thread === null;
      this.thread ??= new ThreadsPoolWorker(options);
      return new Turn(this.thread, isNew);
    },
  };

  async stop(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.stop();
  }
}

/** One run's hold on the thread: what would start or stop it is answered in its place. */
class Turn implements PoolWorker {
  readonly name = POOL;
  private readonly thread: ThreadsPoolWorker;
  private readonly isNew: boolean;
  private readonly listeners: (readonly [string, Listener])[] = [];
  private config: StartRequest["context"]["config"] | null = null;

  constructor(thread: ThreadsPoolWorker, isNew: boolean) {
    this.thread = thread;
    this.isNew = isNew;
  }

  on(event: string, listener: Listener): void {
    this.listeners.push([event, listener]);
    this.thread.on(event, listener);
  }

  off(event: string, listener: Listener): void {
    this.thread.off(event, listener);
  }

  send(message: WorkerRequest): void {
    if (message.type === "start") {
      this.config = message.context.config;
      if (!this.isNew) return this.answer("started");
    }
    if (message.type === "stop") return this.answer("stopped");
    // The thread knows the settings of its first run; each run has its own names of tests.
    if (message.type === "run")
      return this.thread.send({ ...message, context: { ...message.context, ...this.settings() } });
    this.thread.send(message);
  }

  async start(): Promise<void> {
    if (this.isNew) await this.thread.start();
  }

  async stop(): Promise<void> {
    for (const [event, listener] of this.listeners) this.thread.off(event, listener);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  private settings(): object {
    return { config: this.config };
  }

  private answer(type: "started" | "stopped"): void {
    const message = { type, __vitest_worker_response__: true };
    queueMicrotask(() => {
      for (const [event, listener] of this.listeners) if (event === "message") listener(message);
    });
  }
}
