import { currentPhase, isStarted } from "#lib/domain/checklist.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { nextGate } from "#lib/domain/break-glass.ts";
import { CLOSE_OUT, isSignOffGate, phaseBlockers } from "#lib/domain/gates.ts";
import { standingForce } from "#lib/domain/overrides.ts";
import { awaitedSteps, openRejection } from "#lib/domain/sign-off.ts";
import type {
  DeploymentView,
  GateView,
  NextStep,
  PhaseView,
  SignOffStepView,
  SignOffView,
} from "./deployment-view.ts";

type Parts = {
  readonly phases: readonly PhaseView[];
  readonly rollbackPhase: PhaseView;
  readonly signOff: SignOffView;
  readonly gates: readonly GateView[];
};

/** The one step the record needs next, and what keeps it from being taken. */
export function nextStep(
  deployment: Deployment,
  { phases, rollbackPhase, signOff, gates }: Parts,
  now: Instant,
): Pick<DeploymentView, "nextStep" | "blockers"> {
  const { checklist } = deployment;
  if (deployment.ended !== null) return { nextStep: { kind: "none" }, blockers: [] };
  if (deployment.rollback !== null) {
    return {
      nextStep: completion(rollbackPhase),
      blockers: phaseBlockers(deployment, checklist.rollback, now),
    };
  }
  const current = currentPhase(deployment);
  const blockersAt = (phase: string) => gates.find((gate) => gate.phase === phase)?.blockers ?? [];
  const forced = nextGate(deployment);
  if (forced !== undefined && standingForce(deployment, forced.key) !== undefined) {
    return { nextStep: startOf(phases, forced.key), blockers: blockersAt(forced.key) };
  }
  if (current !== undefined && isStarted(deployment, current.key)) {
    const view = phases.find(({ key }) => key === current.key) ?? rollbackPhase;
    return { nextStep: completion(view), blockers: phaseBlockers(deployment, current, now) };
  }
  const blockers = blockersAt(current?.key ?? CLOSE_OUT);
  return { nextStep: stepAtGate(deployment, phases, signOff, current?.key), blockers };
}

function stepAtGate(
  deployment: Deployment,
  phases: readonly PhaseView[],
  signOff: SignOffView,
  phaseKey: string | undefined,
): NextStep {
  if (!isSignOffGate(deployment, phaseKey ?? CLOSE_OUT)) return startOf(phases, phaseKey);
  if (openRejection(deployment) !== undefined)
    return { kind: "answer-rejection", ability: signOff.answerRejection };
  const awaited = awaitedSteps(deployment).map(({ role }) => role);
  const steps = signOff.steps.filter(({ role }) => awaited.includes(role));
  const step = steps.find(maySign) ?? steps[0];
  if (step === undefined) return startOf(phases, phaseKey);
  const standIn = step.signFor.find(({ sign }) => sign.allowed);
  const ability = step.sign.allowed || standIn === undefined ? step.sign : standIn.sign;
  return { kind: "sign", role: step.role, title: step.title, ability };
}

function maySign({ sign, signFor }: SignOffStepView): boolean {
  return sign.allowed || signFor.some((standIn) => standIn.sign.allowed);
}

function startOf(phases: readonly PhaseView[], phaseKey: string | undefined): NextStep {
  const phase = phases.find(({ key }) => key === phaseKey);
  return phase === undefined
    ? { kind: "none" }
    : { kind: "start-phase", phase: phase.key, title: phase.title, ability: phase.start };
}

function completion({ key, title, complete }: PhaseView): NextStep {
  return { kind: "complete-phase", phase: key, title, ability: complete };
}
