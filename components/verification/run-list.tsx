import type { VerificationView } from "#lib/queries/list-verifications.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { FlawList } from "./flaw-list.tsx";
import { plural } from "#components/ui/plural.ts";

/** Verifications, newest first, each with what it found. */
export function RunList({ runs, now }: { runs: readonly VerificationView[]; now: string }) {
  return (
    <ol className="divide-y divide-line">
      {runs.map((run) => (
        <li key={run.id} className="grid gap-1.5 px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={TONES[run.state]}>{run.state}</Badge>
            <span className="min-w-0 font-medium break-words">{titleOf(run)}</span>
          </div>
          <p className="text-sm text-ink-faint">
            asked for by {run.askedBy} <Time at={run.askedAt} now={now} />
            {run.finishedAt !== null && `, finished ${formatMoment(Date.parse(run.finishedAt))}`}
          </p>
          <Outcome run={run} />
        </li>
      ))}
    </ol>
  );
}

function Outcome({ run }: { run: VerificationView }) {
  switch (run.state) {
    case "waiting":
      return <p>Waits for a worker.</p>;
    case "running":
      return (
        <div className="grid gap-1">
          <Meter label={`Verified of ${titleOf(run)}`} value={run.checked} max={run.total ?? 0} />
          <p className="tabular-nums">
            {run.checked.toLocaleString("en-GB")} of {plural(run.total ?? 0, "event")}
          </p>
        </div>
      );
    case "failed":
      return <p className="break-words">It came to no result: {run.failure}</p>;
    case "whole":
      return (
        <p>
          {plural(run.checked, "event")} in {run.streams === 1 ? "1 history" : `${run.streams} histories`}: no
          flaw found. Every event fits its hash, its place and the signed log; tables and files are as the
          events tell.
        </p>
      );
    case "broken":
      return <FlawList flaws={run.flaws} count={run.flawCount} />;
  }
}

function titleOf({ scope, record }: VerificationView): string {
  switch (scope.kind) {
    case "everything":
      return "Everything";
    case "range":
      return `${formatMoment(Date.parse(scope.from))} to ${formatMoment(Date.parse(scope.to))}`;
    case "deployment":
      return record ?? "";
  }
}

const TONES: Readonly<Record<VerificationView["state"], Tone>> = {
  waiting: "waiting",
  running: "waiting",
  whole: "done",
  broken: "blocked",
  failed: "attention",
};
