"use client";

import { useEffect, useRef } from "react";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";
import { useDeployment } from "./use-deployment.ts";

const GATE = "gate";

/** The launch timeline: each phase where it stands in time, the gate standing among them. */
export function PhaseRail() {
  const view = useDeployment();
  const rail = useRef<HTMLElement>(null);
  const phases = view.rollback === null ? view.phases : [...view.phases, view.rollbackPhase];
  const here = awaitsSignatures(view) ? GATE : view.currentPhase;
  useEffect(() => centreOn(rail.current, here), [here]);
  return (
    <nav
      ref={rail}
      aria-label="Phases"
      className="relative overflow-x-auto rounded-lg border border-line bg-surface shadow-panel"
    >
      <ol className="flex min-w-max px-3 pt-3 pb-2.5 sm:min-w-0">
        {phases.map((phase) => (
          <PhaseStop key={phase.key} phase={phase} view={view} />
        ))}
        {view.signOff.gate === "close-out" && <GateStop view={view} />}
      </ol>
    </nav>
  );
}

// Where the rail is wider than the screen, it shows where the record stands.
function centreOn(rail: HTMLElement | null, here: string | null) {
  const stop = rail?.querySelector<HTMLElement>(`[data-stop="${here}"]`);
  if (rail && stop) rail.scrollLeft = stop.offsetLeft - (rail.clientWidth - stop.offsetWidth) / 2;
}

function awaitsSignatures({ signOff, phases, rollback, ended }: DeploymentView): boolean {
  const isOpen = phases.some(({ state }) => state === "open") || rollback !== null;
  return (
    !isOpen &&
    ended === null &&
    signOff.ready &&
    signOff.steps.some(({ approved, quorum }) => approved < quorum)
  );
}

/** To the next stop; the last one leads nowhere. */
const CONNECTOR = "h-0.5 grow in-[li:last-child]:invisible";

function PhaseStop({ phase, view }: { phase: PhaseView; view: DeploymentView }) {
  const isCurrent = phase.key === view.currentPhase && phase.state !== "locked";
  return (
    <>
      {view.signOff.gate === phase.key && <GateStop view={view} />}
      <li
        className="min-w-32 flex-1 last:flex-none sm:min-w-28 sm:last:flex-1"
        data-stop={phase.key}
        aria-current={isCurrent ? "step" : undefined}
      >
        <a
          href={`/deployments/${view.id}#${phase.key}`}
          className="group block rounded-sm focus-visible:outline-offset-4"
        >
          <span className="microlabel">{phase.label}</span>
          <span className="mt-1 flex items-center" aria-hidden="true">
            <StopMark phase={phase} isCurrent={isCurrent} />
            <span className={cn(CONNECTOR, phase.state === "completed" ? "bg-done" : "bg-line-strong/50")} />
          </span>
          <span
            className={cn(
              "mt-1.5 block pr-2 font-medium group-hover:underline",
              !isCurrent && "text-ink-muted",
            )}
          >
            {phase.title}
          </span>
          <span className="block text-sm text-ink-faint tabular-nums">
            {phase.done}/{phase.total}
            <span className="sr-only">
              {" "}
              settled, {phase.leftIncomplete ? "left incomplete" : WORDS[phase.state]}
            </span>
          </span>
        </a>
      </li>
    </>
  );
}

const WORDS: Readonly<Record<PhaseView["state"], string>> = {
  completed: "complete",
  open: "open",
  ready: "ready to start",
  frozen: "frozen by the rollback",
  locked: "locked",
};

function StopMark({ phase, isCurrent }: { phase: PhaseView; isCurrent: boolean }) {
  if (phase.leftIncomplete) {
    return (
      <span className="grid size-5 place-items-center rounded-full bg-attention-surface text-attention-text">
        <Icon name="siren" className="size-3" />
      </span>
    );
  }
  if (phase.state === "completed") {
    return (
      <span className="grid size-5 place-items-center rounded-full bg-done text-on-solid">
        <Icon name="check" className="size-3.5" />
      </span>
    );
  }
  if (phase.state === "frozen") {
    return (
      <span className="grid size-5 place-items-center rounded-full bg-void-surface text-void-text">
        <Icon name="lock" className="size-3" />
      </span>
    );
  }
  const ring = "grid size-5 place-items-center rounded-full border-2 bg-surface";
  if (!isCurrent) return <span className={cn(ring, "border-line-strong/60")} />;
  const rollsBack = phase.key === "rollback";
  return (
    <span className={cn(ring, rollsBack ? "border-blocked" : "border-ink")}>
      <span className={cn("size-2 rounded-full", rollsBack ? "bg-blocked" : "bg-ink")} />
    </span>
  );
}

function GateStop({ view }: { view: DeploymentView }) {
  const { signOff } = view;
  const signed = signOff.steps.reduce((total, { approved }) => total + approved, 0);
  const needed = signOff.steps.reduce((total, { quorum }) => total + quorum, 0);
  const rejected = signOff.steps.some(({ state }) => state === "rejected");
  const complete = signed === needed;
  const colours = gateColours({ rejected, complete, ready: signOff.ready });
  return (
    <li className="min-w-32 flex-1 sm:min-w-28" data-stop={GATE}>
      <a
        href={`/deployments/${view.id}/sign-off`}
        className="group block rounded-sm focus-visible:outline-offset-4"
      >
        <span className="microlabel">gate</span>
        <span className="mt-1 flex items-center" aria-hidden="true">
          <span className="grid size-5 place-items-center">
            <span className={cn("size-4 rotate-45 rounded-[2px] border-2", colours)} />
          </span>
          <span className={cn(CONNECTOR, complete ? "bg-done" : "bg-line-strong/50")} />
        </span>
        <span className="mt-1.5 block pr-2 font-medium text-ink-muted group-hover:underline">
          {signOff.place === "go-no-go" ? "Go / no-go" : "Close-out"}
        </span>
        <span className="block text-sm text-ink-faint tabular-nums">
          {rejected ? "rejected" : `${signed} of ${needed} signed`}
        </span>
      </a>
    </li>
  );
}

type GateState = { readonly rejected: boolean; readonly complete: boolean; readonly ready: boolean };

function gateColours({ rejected, complete, ready }: GateState): string {
  if (rejected) return "border-blocked bg-blocked-surface";
  if (complete) return "border-done bg-done";
  return ready ? "border-waiting bg-waiting-surface" : "border-line-strong/60 bg-surface";
}
