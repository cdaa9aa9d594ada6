import type { Actor } from "#lib/domain/actor.ts";
import { whyNotSign } from "#lib/domain/approvals.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { CLOSE_OUT, isReadyToSign, signOffGatePassed } from "#lib/domain/gates.ts";
import { mandateHolds, type Mandate } from "#lib/domain/mandate.ts";
import { may } from "#lib/domain/policy.ts";
import {
  approvalsOf,
  awaitedSteps,
  missingApprovals,
  openRejection,
  quorumOf,
  stagesOf,
} from "#lib/domain/sign-off.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import type { SignOffStep } from "#lib/domain/template.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability, SignOffStepView, SignOffView } from "./deployment-view.ts";

/** The sign-off as one caller sees it, with whom they may stand in for. */
export function viewSignOff(
  deployment: Deployment,
  actor: Actor,
  mandates: readonly Mandate[],
  now: Instant,
): SignOffView {
  const { signOff, phases } = deployment.checklist;
  return {
    place: signOff.place,
    gate: signOff.gatePhase ?? CLOSE_OUT,
    gateTitle:
      signOff.gatePhase === null
        ? "Close-out"
        : `Go / no-go before ${phases.find(({ key }) => key === signOff.gatePhase)?.title}`,
    round: deployment.signOffRound,
    ready: isReadyToSign(deployment),
    passed: signOffGatePassed(deployment),
    digest: contentDigest(deployment),
    steps: stagesOf(signOff.steps).flatMap((steps, stage) =>
      steps.map((step) => ({
        ...viewStep(deployment, step),
        stage,
        sign: signAbility(deployment, actor, step, now, null),
        signFor: mandates
          .filter((mandate) => mandateHolds(mandate, step.role, deployment.teamId, now))
          .map((mandate) => ({
            delegation: mandate.delegation,
            name: mandate.from.name,
            sign: signAbility(deployment, actor, step, now, mandate),
          })),
      })),
    ),
    voided: deployment.approvals.filter(({ voided }) => voided !== null).toReversed(),
    answers: deployment.rejectionAnswers,
    answerRejection: answerAbility(deployment, actor),
  };
}

function viewStep(
  deployment: Deployment,
  step: SignOffStep,
): Omit<SignOffStepView, "stage" | "sign" | "signFor"> {
  const { role, title } = step;
  const rejection = openRejection(deployment);
  const rejected = rejection?.role === role ? [rejection] : [];
  const approvals = [...approvalsOf(deployment, role), ...rejected];
  const approved = approvals.length - rejected.length;
  const quorum = quorumOf(step);
  return {
    role,
    title,
    state: stateOf(deployment, step, approved),
    quorum,
    approved,
    waitsFor: waitsFor(deployment, step, approved),
    approval: approvals.at(-1) ?? null,
    approvals,
  };
}

function stateOf(deployment: Deployment, step: SignOffStep, approved: number): SignOffStepView["state"] {
  const rejection = openRejection(deployment);
  if (rejection?.role === step.role) return "rejected";
  if (approved >= quorumOf(step)) return "approved";
  const isNext = isReadyToSign(deployment) && awaitedSteps(deployment).includes(step);
  return isNext && rejection === undefined && !signOffGatePassed(deployment) ? "next" : "waiting";
}

/** What is missing in the nearest stage before the step's own that is not complete. */
function waitsFor(deployment: Deployment, step: SignOffStep, approved: number): string | null {
  if (approved >= quorumOf(step)) return null;
  const stages = stagesOf(deployment.checklist.signOff.steps);
  const missing = missingApprovals(deployment);
  const before = stages
    .slice(
      0,
      stages.findIndex((stage) => stage.includes(step)),
    )
    .map((stage) => stage.filter((candidate) => missing.includes(candidate)))
    .findLast((stage) => stage.length > 0);
  return before === undefined ? null : before.map(({ title }) => title).join(" and ");
}

function signAbility(
  deployment: Deployment,
  actor: Actor,
  { role }: SignOffStep,
  now: Instant,
  mandate: Mandate | null,
): Ability {
  if (deployment.ended !== null)
    return refuse(`The deployment is ${OUTCOME_TITLES[deployment.ended.outcome]}`);
  if (deployment.rollback !== null) return refuse("A rollback is running");
  const refusal = whyNotSign(deployment, actor, role, now, mandate);
  return refusal === null ? allow : refuse(refusal.message);
}

function answerAbility(deployment: Deployment, actor: Actor): Ability {
  if (openRejection(deployment) === undefined) return refuse("There is no rejection to answer");
  if (signOffGatePassed(deployment)) return refuse("The gate has been passed");
  return may(actor, "rejection.answer", deployment.teamId)
    ? allow
    : refuse("A team lead answers the rejection");
}
