import { otherThanAsked, type AskedAbout } from "./asked-about.ts";
import { currentPhase, isCompleted, isPastT0, isStarted, itemsOf, phasesFromT0 } from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { DeploymentEventData, EventDraft } from "./events.ts";
import type { FreezeWindow } from "./freezes.ts";
import {
  allGateBlockers,
  CLOSE_OUT,
  gateBlockers,
  isSignOffGate,
  phaseAfter,
  phaseBlockers,
} from "./gates.ts";
import { sharedBlockers, standingForce } from "./overrides.ts";
import { Rejection, type Blocker } from "./rejection.ts";
import { refuseEnded, refuseStandstill } from "./standstill.ts";
import { hasStandingApprovals } from "./sign-off.ts";
import type { PhaseTemplate } from "./template.ts";

type Forced = Pick<DeploymentEventData["phase.started"], "request" | "overridden">;

/**
 * Begins the next phase through its open gate; for the phase at T-0 this sets the clock. Refused where the
 * record is of something else than is asked about.
 */
export function startPhase(phaseKey: string, asked: AskedAbout = {}): Decide {
  return (deployment, now, freezes) => {
    refuseStandstill(deployment);
    const phase = findPhase(deployment, phaseKey);
    const blockers = otherThanAsked(deployment, asked);
    if (blockers.length > 0) throw closed(phase.title, blockers);
    if (isStarted(deployment, phaseKey)) return [];
    return startedPhase(deployment, phase, now, freezes);
  };
}

/** Rule 1: completes the open phase when nothing blocks it; the next begins unless a sign-off stands there. */
export function completePhase(phaseKey: string): Decide {
  return (deployment, now, freezes) => {
    if (phaseKey === deployment.checklist.rollback.key) return completeRollback(deployment, now);
    const phase = findPhase(deployment, phaseKey);
    if (isCompleted(deployment, phaseKey)) return [];
    refuseStandstill(deployment);
    refuseOutOfTurn(deployment, phase);
    const isBegun = isStarted(deployment, phaseKey);
    if (!isBegun) refuseClosed(deployment, phaseKey, phase.title, now, freezes);
    refuseIncomplete(deployment, phase, now);
    // What is ticked was done before this beginning.
    if (!isBegun) throw new Rejection("phase-incomplete", `${phase.title} has not begun; start it first`);
    return [{ type: "phase.completed", data: refTo(phase) }, ...whatFollows(deployment, phase, now, freezes)];
  };
}

/**
 * Rule 6: reopens an earlier phase; later ones lock again, and approvals given after it are void. Where
 * T-0 comes again, what was ticked after the one before is asked again: it was done for that one.
 */
export function reopenPhase(phaseKey: string, reason: string): Decide {
  return (deployment) => {
    refuseStandstill(deployment);
    const phase = findPhase(deployment, phaseKey);
    if (!isCompleted(deployment, phaseKey)) {
      throw new Rejection(
        "phase-not-earlier",
        `${phase.title} is not complete, so there is nothing to reopen`,
      );
    }
    return [
      { type: "phase.reopened", data: { ...refTo(phase), reason } },
      ...voidedByReopening(deployment, phaseKey),
      ...askedAgain(deployment, phaseKey),
    ];
  };
}

/** The start of a phase whose gate is open at `now`; refused with its blockers otherwise. */
export function startedPhase(
  deployment: Deployment,
  phase: PhaseTemplate,
  now: Instant,
  freezes: readonly FreezeWindow[],
): readonly EventDraft[] {
  refuseClosed(deployment, phase.key, phase.title, now, freezes);
  return [...leftIncomplete(deployment, phase), started(phase, forcedAt(deployment, phase, now, freezes))];
}

function refuseClosed(
  deployment: Deployment,
  gate: string,
  title: string,
  now: Instant,
  freezes: readonly FreezeWindow[],
): void {
  const blockers = gateBlockers(deployment, gate, now, freezes);
  if (blockers.length > 0) throw closed(title, blockers);
}

function closed(title: string, blockers: readonly Blocker[]): Rejection {
  return new Rejection("gate-closed", `The gate before ${title} is closed`, { blockers });
}

// Rule 8: where break glass lets the phase begin, the one before it ends as it stands.
function leftIncomplete(deployment: Deployment, next: PhaseTemplate): readonly EventDraft[] {
  const current = currentPhase(deployment);
  const force = standingForce(deployment, next.key);
  if (force === undefined || current === undefined || current.key === next.key) return [];
  return [{ type: "phase.left-incomplete", data: { ...refTo(current), request: force.request } }];
}

function forcedAt(
  deployment: Deployment,
  phase: PhaseTemplate,
  now: Instant,
  freezes: readonly FreezeWindow[],
): Forced {
  const force = standingForce(deployment, phase.key);
  if (force?.confirmed == null) return {};
  const all = allGateBlockers(deployment, phase.key, now, freezes);
  const overridden = sharedBlockers(all, force.confirmed.blockers);
  return overridden.length === 0 ? {} : { request: force.request, overridden };
}

function whatFollows(
  deployment: Deployment,
  phase: PhaseTemplate,
  now: Instant,
  freezes: readonly FreezeWindow[],
): readonly EventDraft[] {
  const next = phaseAfter(deployment, phase.key);
  if (isSignOffGate(deployment, next?.key ?? CLOSE_OUT)) return [];
  const completed = asCompleted(deployment, phase, now);
  if (next === undefined) {
    refuseClosed(completed, CLOSE_OUT, "close-out", now, freezes);
    return [{ type: "deployment.completed", data: {} }];
  }
  // What went stale after T-0 is history; before it, a phase begins through its open gate alone.
  return isPastT0(deployment) ? [started(next)] : startedPhase(completed, next, now, freezes);
}

function asCompleted(deployment: Deployment, { key }: PhaseTemplate, now: Instant): Deployment {
  const { started: began = null } = deployment.phases[key] ?? {};
  const completed = { at: now, by: deployment.opened.by };
  return { ...deployment, phases: { ...deployment.phases, [key]: { started: began, completed } } };
}

function completeRollback(deployment: Deployment, now: Instant): readonly EventDraft[] {
  const { rollback } = deployment.checklist;
  if (deployment.ended?.outcome === "rolled-back") return [];
  refuseEnded(deployment);
  if (deployment.rollback === null) {
    throw new Rejection("phase-locked", `${rollback.title} is locked: no rollback has been triggered`);
  }
  refuseIncomplete(deployment, rollback, now);
  return [
    { type: "phase.completed", data: refTo(rollback) },
    { type: "deployment.rolled-back", data: {} },
  ];
}

function refuseIncomplete(deployment: Deployment, phase: PhaseTemplate, now: Instant): void {
  const blockers = phaseBlockers(deployment, phase, now);
  if (blockers.length > 0) {
    const lines = blockers.length === 1 ? "1 line" : `${blockers.length} lines`;
    throw new Rejection("phase-incomplete", `${phase.title} is not complete: ${lines} to settle`, {
      blockers,
    });
  }
}

// Approvals signed while the reopened phase was complete are void, on whichever side of their gate.
function voidedByReopening(deployment: Deployment, phaseKey: string): readonly EventDraft[] {
  const { phases, signOff } = deployment.checklist;
  const gate =
    signOff.gatePhase === null ? phases.length : phases.findIndex(({ key }) => key === signOff.gatePhase);
  const reopened = phases.findIndex(({ key }) => key === phaseKey);
  if (reopened >= gate || !hasStandingApprovals(deployment)) return [];
  const title = phases[reopened]?.title ?? phaseKey;
  return [
    { type: "sign-off.voided", data: { round: deployment.signOffRound, cause: `${title} was reopened.` } },
  ];
}

function askedAgain({ checklist, items }: Deployment, phaseKey: string): readonly EventDraft[] {
  const fromT0 = phasesFromT0(checklist);
  if (fromT0.some(({ key }) => key === phaseKey)) return [];
  return fromT0.flatMap(itemsOf).flatMap(({ item: { key, title } }): readonly EventDraft[] => {
    const status = items[key]?.status ?? "open";
    if (status === "open") return [];
    const type = status === "done" ? "item.unchecked" : "item.waiver-withdrawn";
    return [{ type, data: { item: key, title } }];
  });
}

/** Rule 1: refuses a phase that is not complete while another one comes first. */
export function refuseOutOfTurn(deployment: Deployment, { key, title }: PhaseTemplate): void {
  const current = currentPhase(deployment);
  if (current === undefined || current.key === key) return;
  throw new Rejection("phase-locked", `Complete ${current.title} before ${title}`);
}

function findPhase(deployment: Deployment, phaseKey: string): PhaseTemplate {
  const phase = deployment.checklist.phases.find(({ key }) => key === phaseKey);
  if (phase === undefined) throw new Rejection("not-found", "There is no such phase on this deployment");
  return phase;
}

function started(phase: PhaseTemplate, forced: Forced = {}): EventDraft {
  return { type: "phase.started", data: { ...refTo(phase), atT0: phase.timing.startsAtT0, ...forced } };
}

function refTo(phase: PhaseTemplate): { readonly phase: string; readonly title: string } {
  return { phase: phase.key, title: phase.title };
}
