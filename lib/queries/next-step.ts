import { currentPhase, isStarted } from "#lib/domain/checklist.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { CLOSE_OUT, gateBlockers, phaseBlockers } from "#lib/domain/gates.ts";
import { missingApprovals, openRejection } from "#lib/domain/sign-off.ts";
import type { DeploymentView, NextStep, PhaseView, SignOffView } from "./deployment-view.ts";

type Parts = {
  readonly phases: readonly PhaseView[];
  readonly rollbackPhase: PhaseView;
  readonly signOff: SignOffView;
};

/** The one step the record needs next, and what keeps it from being taken. */
export function nextStep(
  deployment: Deployment,
  { phases, rollbackPhase, signOff }: Parts,
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
  if (current !== undefined && isStarted(deployment, current.key)) {
    const view = phases.find(({ key }) => key === current.key) ?? rollbackPhase;
    return { nextStep: completion(view), blockers: phaseBlockers(deployment, current, now) };
  }
  const blockers = gateBlockers(deployment, current?.key ?? CLOSE_OUT, now);
  return { nextStep: stepAtGate(deployment, phases, signOff, current?.key), blockers };
}

function stepAtGate(
  deployment: Deployment,
  phases: readonly PhaseView[],
  signOff: SignOffView,
  phaseKey: string | undefined,
): NextStep {
  if (openRejection(deployment) !== undefined)
    return { kind: "answer-rejection", ability: signOff.answerRejection };
  const next = missingApprovals(deployment)[0];
  const step = signOff.steps.find(({ role }) => role === next?.role);
  if (signOff.gate === (phaseKey ?? CLOSE_OUT) && step !== undefined) {
    return { kind: "sign", role: step.role, title: step.title, ability: step.sign };
  }
  const phase = phases.find(({ key }) => key === phaseKey);
  return phase === undefined
    ? { kind: "none" }
    : { kind: "start-phase", phase: phase.key, title: phase.title, ability: phase.start };
}

function completion({ key, title, complete }: PhaseView): NextStep {
  return { kind: "complete-phase", phase: key, title, ability: complete };
}
