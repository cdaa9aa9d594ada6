import { join } from "node:path";
import { Piscina } from "piscina";
import type { CheckContext, CheckResult } from "#lib/domain/check-result.ts";
import type { Answer } from "./report-worker.ts";
import { Unreadable } from "./unreadable.ts";

export type ReportTask = {
  readonly checker: string;
  readonly report: string;
  readonly questions: readonly { readonly parameters: unknown; readonly context: CheckContext }[];
};

/** What is kept of a report, and the result of each question in its order. */
export type JudgedReport = { readonly kept: string; readonly results: readonly CheckResult[] };

type Limits = { readonly seconds: number; readonly megabytes: number };

const IDLE_MS = 10_000;
/** A report from here on has a thread for itself. */
const LARGE_CHARACTERS = 1_000_000;

/**
 * Reads a report once and answers every question about it, in a thread of its own: what takes more
 * than 20 seconds or 1 GB is `Unreadable`, as is what is no such report.
 */
export const judgeReport = createJudge({ seconds: 20, megabytes: 1_024 });

/** A judge with limits of its own. One report after another, so that none spends its time waiting. */
export function createJudge({ seconds, megabytes }: Limits): (task: ReportTask) => Promise<JudgedReport> {
  let last: Promise<unknown> = Promise.resolve();
  let pool: Piscina<ReportTask, Answer> | undefined;

  return async (task) => {
    const turn = last.then(() => judged(task));
    last = turn.catch(() => undefined);
    return turn;
  };

  async function judged(task: ReportTask): Promise<JudgedReport> {
    const answer = await inThread(task);
    if ("unreadable" in answer) throw new Unreadable(answer.unreadable);
    return answer;
  }

  async function inThread(task: ReportTask): Promise<Answer> {
    pool ??= startThread(megabytes);
    const signal = AbortSignal.timeout(seconds * 1_000);
    try {
      return await pool.run(task, { signal });
    } catch (error) {
      if (signal.aborted) throw new Unreadable(`The report could not be judged within ${seconds} seconds`);
      if (isOutOfMemory(error)) throw new Unreadable("The report takes too much memory to be judged");
      throw error;
    } finally {
      if (task.report.length > LARGE_CHARACTERS) await endThread();
    }
  }

  // A heap that has grown stays grown; a thread that ends gives its memory back.
  async function endThread(): Promise<void> {
    const ended = pool;
    pool = undefined;
    await ended?.destroy();
  }
}

// Node reads the worker's TypeScript as it stands; the build of the app does not hold it.
function startThread(megabytes: number): Piscina<ReportTask, Answer> {
  const thread = new Piscina<ReportTask, Answer>({
    filename: join(process.cwd(), "lib", "evidence", "report-worker.ts"),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  // A thread that dies of a report that was answered already must not take the process with it.
  return thread.on("error", () => undefined);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
