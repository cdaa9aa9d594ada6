import type { JudgedReport, ReportTask } from "./judge-report.ts";
import { findChecker } from "./registry.ts";
import { Unreadable } from "./unreadable.ts";

export type Answer = JudgedReport | { readonly unreadable: string };

/** What the thread of reports runs. An error's class does not outlive the way back, so it is told as data. */
export default function answer({ checker: key, report, questions }: ReportTask): Answer {
  const checker = findChecker(key);
  if (checker?.kind !== "report") throw new Error(`there is no checker of reports ${key}`);
  try {
    const { judge, kept } = checker.read(report);
    return { kept, results: questions.map(({ parameters, context }) => judge(parameters, context)) };
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message };
    console.error(`fault in the checker ${key}`, error);
    return { unreadable: "The report cannot be judged; the server's log says why" };
  }
}
