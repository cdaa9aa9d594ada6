"use client";

import { useKeptTicks } from "#components/live/kept-ticks.ts";
import { TROUBLE_WORDS } from "#components/board/trouble-words.ts";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Blocker } from "#lib/domain/rejection.ts";
import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";
import { isGatePassedBy, isPassedBy } from "./is-passed-by.ts";
import { useDeployment } from "./use-deployment.ts";

/** The launch timeline: each phase where it stands in time, the gate standing among them. */
export function PhaseRail() {
  const view = useDeployment();
  const phases = wayOf(view);
  return (
    <nav aria-label="Phases" className="relative rounded-lg border border-line bg-surface shadow-panel">
      <ol className="flex px-3 pt-1.5 sm:pt-3 sm:pb-2.5">
        {phases.map((phase) => (
          <PhaseStop key={phase.key} phase={phase} view={view} />
        ))}
        {view.signOff.gate === "close-out" && <GateStop view={view} />}
      </ol>
      <WhereItStands view={view} phases={phases} />
    </nav>
  );
}

// A rollback leaves the way after the last phase that was begun.
function wayOf({ phases, rollback, rollbackPhase }: DeploymentView): readonly PhaseView[] {
  if (rollback === null) return phases;
  const left = phases.findLastIndex(({ state }) => state === "frozen" || state === "completed") + 1;
  return [...phases.slice(0, left), rollbackPhase, ...phases.slice(left)];
}

/** On a phone the rail has no room for words but those of the stop where the record stands. */
function WhereItStands({ view, phases }: { view: DeploymentView; phases: readonly PhaseView[] }) {
  const phase = phases.find(({ key }) => key === view.currentPhase);
  const signs = awaitsSignatures(view);
  const kept = useKeptOf(phase);
  if (!signs && phase === undefined) return null;
  return (
    <p aria-hidden="true" className="flex items-baseline gap-2 px-3 pb-2 sm:hidden">
      <span className="font-medium">{signs ? gateTitle(view) : phase?.title}</span>
      <span className="text-sm text-ink-faint tabular-nums">
        {signs ? gateStands(view) : `${phase?.done}/${phase?.total}`}
        {!signs && <KeptMark kept={kept} />}
      </span>
      <span className="microlabel ml-auto">{signs ? "gate" : phase?.label}</span>
    </p>
  );
}

function gateTitle({ signOff }: DeploymentView): string {
  return signOff.place === "go-no-go" ? "Go / no-go" : "Close-out";
}

function gateStands({ signOff: { steps } }: DeploymentView): string {
  if (steps.some(({ state }) => state === "rejected")) return "rejected";
  const signed = steps.reduce((total, { approved }) => total + approved, 0);
  return `${signed} of ${steps.reduce((total, { quorum }) => total + quorum, 0)} signed`;
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
  const trouble = troubleOf(phase, view);
  const kept = useKeptOf(phase);
  const passedBy = isPassedBy(view, phase);
  // A rollback leads nowhere else.
  const isGreen = phase.state === "completed" && phase.key !== view.rollbackPhase.key;
  return (
    <>
      {view.signOff.gate === phase.key && <GateStop view={view} />}
      <li
        className="flex-1 last:flex-none sm:min-w-28 sm:last:min-w-0"
        aria-current={isCurrent ? "step" : undefined}
      >
        <a
          href={
            trouble === undefined
              ? `/deployments/${view.id}#${phase.key}`
              : `/deployments/${view.id}#item-${trouble.item}`
          }
          className="group block min-w-6 rounded-sm focus-visible:outline-offset-4 max-sm:py-2.5"
        >
          <span className="microlabel max-sm:sr-only">{phase.label}</span>
          <span className="flex items-center sm:mt-1" aria-hidden="true">
            <StopMark phase={phase} isCurrent={isCurrent} inTrouble={trouble !== undefined} />
            <span className={cn(CONNECTOR, isGreen ? "bg-done" : "bg-line-strong")} />
          </span>
          <span
            className={cn(
              "block font-medium group-hover:underline max-sm:sr-only sm:mt-1.5 sm:pr-2",
              !isCurrent && "text-ink-muted",
              passedBy && "line-through",
            )}
          >
            {phase.title}
          </span>
          <span className="block text-sm text-ink-faint tabular-nums max-sm:sr-only">
            {passedBy ? (
              "not reached"
            ) : (
              <>
                {phase.done}/{phase.total}
                <span className="sr-only">
                  {" "}
                  settled, {phase.leftIncomplete ? "left incomplete" : WORDS[phase.state]}
                </span>
                {phase.state === "frozen" && <span aria-hidden="true"> frozen</span>}
              </>
            )}
            <KeptMark kept={kept} />
            {trouble !== undefined && (
              <span className="text-blocked-text"> · {TROUBLE_WORDS[trouble.code]}</span>
            )}
          </span>
        </a>
      </li>
    </>
  );
}

/** How many items of the phase hold a click that the server does not have yet. */
function useKeptOf(phase: PhaseView | undefined): number {
  const kept = useKeptTicks();
  const items = phase?.sections.flatMap((section) => section.items) ?? [];
  return items.filter(({ key }) => kept.includes(key)).length;
}

function KeptMark({ kept }: { kept: number }) {
  return kept > 0 && <span className="text-attention-text"> · {kept} kept</span>;
}

/** The first thing that keeps a gate closed although the phase's items are settled. */
function troubleOf({ key }: PhaseView, { blockers }: DeploymentView): Blocker | undefined {
  return blockers.find(
    ({ phase, item, code }) => phase === key && item !== undefined && TROUBLE_WORDS[code] !== undefined,
  );
}

const WORDS: Readonly<Record<PhaseView["state"], string>> = {
  completed: "complete",
  open: "open",
  ready: "ready to start",
  frozen: "frozen",
  locked: "locked",
};

type StopMarkProps = {
  readonly phase: PhaseView;
  readonly isCurrent: boolean;
  readonly inTrouble: boolean;
};

function StopMark({ phase, isCurrent, inTrouble }: StopMarkProps) {
  if (inTrouble && !isCurrent) {
    return (
      <span className="grid size-5 place-items-center rounded-full border border-blocked-border bg-blocked-surface text-blocked-text">
        <Icon name="alert" className="size-3" />
      </span>
    );
  }
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
      <span className="grid size-5 place-items-center rounded-full border border-void-border bg-void-surface text-void-text">
        <Icon name="void" className="size-3" />
      </span>
    );
  }
  const ring = "grid size-5 place-items-center rounded-full border-2 bg-surface";
  if (!isCurrent) return <span className={cn(ring, "border-line-strong")} />;
  const rollsBack = phase.key === "rollback";
  return (
    <span className={cn(ring, rollsBack ? "border-blocked" : "border-ink")}>
      <span className={cn("size-2 rounded-full", rollsBack ? "bg-blocked" : "bg-ink")} />
    </span>
  );
}

function GateStop({ view }: { view: DeploymentView }) {
  const { signOff } = view;
  const rejected = signOff.steps.some(({ state }) => state === "rejected");
  const complete = signOff.steps.every(({ approved, quorum }) => approved >= quorum);
  const colours = gateColours({ rejected, complete, ready: signOff.ready });
  const passedBy = isGatePassedBy(view);
  return (
    <li className="flex-1 sm:min-w-28">
      <a
        href={`/deployments/${view.id}/sign-off`}
        className="group block rounded-sm focus-visible:outline-offset-4 max-sm:py-2.5"
      >
        <span className="microlabel max-sm:sr-only">gate</span>
        <span className="flex items-center sm:mt-1" aria-hidden="true">
          <span className="grid size-5 place-items-center">
            <span className={cn("size-4 rotate-45 rounded-[2px] border-2", colours)} />
          </span>
          <span className={cn(CONNECTOR, complete ? "bg-done" : "bg-line-strong")} />
        </span>
        <span
          className={cn(
            "block font-medium text-ink-muted group-hover:underline max-sm:sr-only sm:mt-1.5 sm:pr-2",
            passedBy && "line-through",
          )}
        >
          {gateTitle(view)}
        </span>
        <span className="block text-sm text-ink-faint tabular-nums max-sm:sr-only">
          {passedBy && "not reached"}
          {!passedBy && gateStands(view)}
        </span>
      </a>
    </li>
  );
}

type GateState = { readonly rejected: boolean; readonly complete: boolean; readonly ready: boolean };

function gateColours({ rejected, complete, ready }: GateState): string {
  if (rejected) return "border-blocked bg-blocked-surface";
  if (complete) return "border-done bg-done";
  return ready ? "border-waiting bg-waiting-surface" : "border-line-strong bg-surface";
}
