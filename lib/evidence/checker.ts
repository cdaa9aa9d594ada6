import type { z } from "zod";
import { checkResult, type CheckContext, type CheckResult } from "#lib/domain/check-result.ts";
import type {
  ServiceCheckGroup,
  ServiceChecks,
  ServiceCheckSettings,
} from "#lib/domain/inputs/service-checks.ts";
import type { Outside } from "./outside.ts";
import { Unreadable } from "./unreadable.ts";

/** Reads a report that a pipeline uploads, and judges it. */
export type ReportChecker = {
  readonly kind: "report";
  readonly key: string;
  readonly title: string;
  /** The command or tool that writes the report. */
  readonly source: string;
  /** Whether the template's parameters fit this checker. */
  readonly accepts: (parameters: unknown) => boolean;
  /** Parses a report once, whatever is asked of it later. Throws `Unreadable` when it is no such report. */
  readonly read: (report: string) => ReadReport;
};

export type ReadReport = {
  /** Throws `Unreadable` when the part that the question is about cannot be read. */
  readonly judge: (parameters: unknown, context: CheckContext) => CheckResult;
  /** What is stored of the report: all of it, or only what was judged where the rest may hold secrets. */
  readonly kept: string;
};

/** Looks at something that runs, and judges what it saw. */
export type LiveChecker = {
  readonly kind: "live";
  readonly key: string;
  readonly title: string;
  readonly accepts: (parameters: unknown) => boolean;
  /** Which of the service's addresses it goes to. */
  readonly group: ServiceCheckGroup;
  /** Whether each look is a probe of a series, kept for the judgement of later ones. */
  readonly probes: boolean;
  /** Always answers: what could not be reached or read is `unknown` with its reason. */
  readonly run: (
    services: ServiceChecks,
    parameters: unknown,
    context: CheckContext,
    outside: Outside,
  ) => Promise<LiveResult>;
};

export type LiveResult = {
  readonly result: CheckResult;
  /** How this look went, for a checker that judges a series. */
  readonly probe: { readonly ok: boolean; readonly detail: string } | null;
};

export type Checker = ReportChecker | LiveChecker;

type ReportParts<R, P> = {
  readonly key: string;
  readonly title: string;
  readonly source: string;
  readonly parameters: z.ZodType<P>;
  /** From text to facts. Throws `Unreadable` with a sentence that names what is wrong. */
  readonly parse: (report: string) => R;
  /** From facts to a verdict: pure. */
  readonly evaluate: (report: R, parameters: P, context: CheckContext) => CheckResult;
  /** The text that is stored in the report's place, when the report itself may hold secrets. */
  readonly keep?: (report: R) => string;
};

export function defineReport<R, P>({
  parameters,
  parse,
  evaluate,
  keep,
  ...rest
}: ReportParts<R, P>): ReportChecker {
  return {
    kind: "report",
    ...rest,
    accepts: (given) => parameters.safeParse(given).success,
    read: (report) => {
      const facts = parse(report);
      return {
        judge: (given, context) => evaluate(facts, parameters.parse(given), context),
        kept: keep === undefined ? report : keep(facts),
      };
    },
  };
}

type LiveParts<G extends ServiceCheckGroup, O, P> = {
  readonly key: string;
  readonly title: string;
  readonly parameters: z.ZodType<P>;
  readonly group: G;
  /** Effects only: goes out and brings facts back. Throws `Unreadable` when it cannot tell. */
  readonly collect: (settings: ServiceCheckSettings[G], parameters: P, outside: Outside) => Promise<O>;
  /** From facts to a verdict: pure. */
  readonly evaluate: (observation: O, parameters: P, context: CheckContext) => CheckResult;
  /** For a checker that judges a series: how one look went. */
  readonly probe?: (observation: O) => { readonly ok: boolean; readonly detail: string };
};

export function defineLive<G extends ServiceCheckGroup, O, P>(parts: LiveParts<G, O, P>): LiveChecker {
  const { key, title, parameters, group, collect, evaluate, probe } = parts;
  return {
    kind: "live",
    key,
    title,
    group,
    probes: probe !== undefined,
    accepts: (given) => parameters.safeParse(given).success,
    run: async (services, given, context, outside) => {
      const settings: ServiceCheckSettings[G] | undefined = services[group];
      if (settings === undefined) throw new Error(`${key} has no addresses to go to`);
      try {
        const limits = parameters.parse(given);
        const observation = await collect(settings, limits, outside);
        return { result: evaluate(observation, limits, context), probe: probe?.(observation) ?? null };
      } catch (error) {
        const reason = reasonOf(error, key);
        const missed = probe === undefined ? null : { ok: false, detail: reason };
        return { result: checkResult("unknown", reason), probe: missed };
      }
    },
  };
}

// What somebody else's server answers must not close a gate without a word.
function reasonOf(error: unknown, key: string): string {
  if (error instanceof Unreadable) return error.message;
  console.error(`fault in the check ${key}`, error);
  return "What answered cannot be judged; the server's log says why";
}
