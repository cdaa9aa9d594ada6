import type { PhaseSummary, Status, Summary } from "#lib/domain/status.ts";
import { cn } from "#components/ui/class-names.ts";

/** The phases of a record in the space of a table cell, with the whole of it in words. */
export function PhaseRailMini({ summary, status }: { summary: Summary; status: Status }) {
  const phases = summary.rollback === null ? summary.phases : [...summary.phases, summary.rollback];
  const current =
    summary.rollback ?? summary.phases.find(({ state }) => state !== "completed") ?? summary.phases.at(-1);
  return (
    <div className="min-w-36">
      <div className="flex gap-0.5" aria-hidden="true">
        {phases.map((phase) => (
          <span key={phase.key} className={cn("h-1.5 grow overflow-hidden rounded-full", track(phase))}>
            <progress
              className={cn(
                "meter-bar h-1.5 bg-transparent",
                phase.key === summary.rollback?.key ? rollbackColour(status) : "text-done",
              )}
              value={phase.done}
              max={Math.max(1, phase.total)}
            />
          </span>
        ))}
      </div>
      <p className="mt-1 text-sm whitespace-nowrap text-ink-muted">
        {AT_GATE.includes(status) ? "At the gate" : `${current?.title ?? ""} `}
        {current !== undefined && !AT_GATE.includes(status) && (
          <span className="text-ink-faint tabular-nums">
            {current.done}/{current.total}
          </span>
        )}
      </p>
    </div>
  );
}

// As the status beside it.
function rollbackColour(status: Status): string {
  return status === "rolled-back" ? "text-attention" : "text-blocked";
}

const AT_GATE: readonly Status[] = ["awaiting-sign-off", "rejected", "ready"];

function track({ state }: PhaseSummary): string {
  return state === "locked" ? "bg-line" : "bg-line-strong/40";
}
