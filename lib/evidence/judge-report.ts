import type { CheckContext, CheckResult } from "#lib/domain/check-result.ts";
import { BeyondLimits, createThread } from "#lib/limited-thread.ts";
import type { Answer } from "./report-worker.ts";
import { Unreadable } from "./unreadable.ts";

export type ReportTask = {
  /** Whose report it is: people take turns. */
  readonly who: string;
  readonly checker: string;
  readonly report: string;
  readonly questions: readonly { readonly parameters: unknown; readonly context: CheckContext }[];
};

/** What is kept of a report, and the result of each question in its order. */
export type JudgedReport = { readonly kept: string; readonly results: readonly CheckResult[] };

type Limits = { readonly seconds: number; readonly megabytes: number };

/** Of reports that one person has waiting; a single one may be as large as it is. */
const WAITING_CHARACTERS = 40_000_000;

/** A report from here on has a thread for itself. */
const LARGE_CHARACTERS = 1_000_000;

/**
 * Reads a report once and answers every question about it, in a thread of its own: what takes more
 * than 20 seconds or 1 GB is `Unreadable`, as is what is no such report. Rejects with `TooMuchWaiting`
 * while others of the same person wait.
 */
export const judgeReport = createJudge({ seconds: 20, megabytes: 1_024 });

/** A judge with limits of its own. */
export function createJudge(limits: Limits): (task: ReportTask) => Promise<JudgedReport> {
  const inThread = createThread<ReportTask, Answer>({
    file: "lib/evidence/report-worker.ts",
    waitingAtMost: WAITING_CHARACTERS,
    ...limits,
  });
  return async (task) => {
    const { who, report } = task;
    const turn = { who, weight: report.length };
    const answer = await inThread(task, turn, report.length > LARGE_CHARACTERS).catch((error: unknown) => {
      throw error instanceof BeyondLimits ? new Unreadable(tooMuch(error, limits)) : error;
    });
    if ("unreadable" in answer) throw new Unreadable(answer.unreadable);
    return answer;
  };
}

function tooMuch({ of }: BeyondLimits, { seconds }: Limits): string {
  return of === "time"
    ? `The report could not be judged within ${seconds} seconds`
    : "The report takes too much memory to be judged";
}
