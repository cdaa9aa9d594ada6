import { Fragment } from "react";
import type { PhaseSummary, Status, Summary } from "#lib/domain/status.ts";
import type { GateTrouble } from "#lib/queries/gate-trouble.ts";
import { cn } from "#components/ui/class-names.ts";
import { TROUBLE_WORDS } from "./trouble-words.ts";

type PhaseRailMiniProps = {
  readonly summary: Summary;
  readonly status: Status;
  /** The phase before which the sign-off stands; null where it stands after the last. */
  readonly gatePhase: string | null;
  readonly trouble: GateTrouble;
};

/** The phases of a record and its gate in the space of a table cell, with where it stands in words. */
export function PhaseRailMini({ summary, status, gatePhase, trouble }: PhaseRailMiniProps) {
  const { way, rest } = wayOf(summary);
  const current =
    summary.rollback ?? summary.phases.find(({ state }) => state !== "completed") ?? summary.phases.at(-1);
  const atGate = AT_GATE.includes(status);
  const word = trouble === null ? undefined : TROUBLE_WORDS[trouble];
  return (
    <div className="min-w-36">
      <div className="flex h-2.5 items-center gap-0.5" aria-hidden="true">
        {way.map((phase) => (
          <Fragment key={phase.key}>
            {phase.key === gatePhase && <Gate status={status} passed={isPassed(phase, summary)} />}
            <Segment phase={phase} isCurrent={!atGate && phase.state === "open"} />
          </Fragment>
        ))}
        {summary.rollback !== null && (
          <>
            {/* Nobody rolls back what has not begun: the gate lies behind it. */}
            {way.every(({ key }) => key !== gatePhase) && gatePhase !== null && (
              <Gate status={status} passed />
            )}
            <Segment
              phase={summary.rollback}
              isCurrent={status === "rolling-back"}
              colour={status === "rolled-back" ? "text-attention" : "text-blocked"}
              className={REST[rest]}
            />
          </>
        )}
        {gatePhase === null && summary.rollback === null && (
          <Gate status={status} passed={status === "completed"} />
        )}
      </div>
      <p className="mt-0.5 text-sm whitespace-nowrap text-ink-muted">
        {atGate ? "At the gate" : `${current?.title ?? ""} `}
        {word !== undefined && <span className="text-blocked-text"> · {word}</span>}
        {current !== undefined && !atGate && (
          <span className="text-ink-faint tabular-nums">
            {current.done}/{current.total}
          </span>
        )}
      </p>
    </div>
  );
}

const AT_GATE: readonly Status[] = ["awaiting-sign-off", "rejected", "ready"];

/** A rollback takes the room of the phases that are not come to any more. */
const REST: readonly string[] = ["grow", "grow", "grow-2", "grow-3", "grow-4"];

function wayOf({ phases, rollback }: Summary): { way: readonly PhaseSummary[]; rest: number } {
  if (rollback === null) return { way: phases, rest: 0 };
  const left = phases.findLastIndex(({ state, done }) => state === "completed" || done > 0) + 1;
  return { way: phases.slice(0, left), rest: Math.min(phases.length - left, REST.length - 1) };
}

type SegmentProps = {
  readonly phase: PhaseSummary;
  readonly isCurrent: boolean;
  readonly colour?: string;
  readonly className?: string | undefined;
};

function Segment({ phase, isCurrent, colour = "text-done", className = "grow" }: SegmentProps) {
  return (
    <progress
      className={cn("meter-bar w-0! min-w-2 basis-0", isCurrent ? "h-2.5" : "h-1.5", colour, className)}
      value={phase.done}
      max={Math.max(1, phase.total)}
    />
  );
}

function Gate({ status, passed }: { status: Status; passed: boolean }) {
  return (
    <svg viewBox="0 0 10 10" className={cn("mx-px size-2.5 shrink-0", gateColour(status, passed))}>
      <path
        d="M5 .8 9.2 5 5 9.2.8 5Z"
        stroke="currentColor"
        strokeWidth="1.2"
        fill={passed || AT_GATE.includes(status) ? "currentColor" : "none"}
      />
    </svg>
  );
}

function gateColour(status: Status, passed: boolean): string {
  if (status === "awaiting-sign-off") return "text-waiting";
  if (status === "rejected") return "text-blocked";
  return passed || status === "ready" ? "text-done" : "text-line-strong";
}

function isPassed({ state, done }: PhaseSummary, { rollback }: Summary): boolean {
  return state !== "locked" || done > 0 || rollback !== null;
}
