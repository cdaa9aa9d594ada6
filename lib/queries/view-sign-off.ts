import type { Actor } from "#lib/domain/actor.ts";
import { whyNotSign } from "#lib/domain/approvals.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { CLOSE_OUT, isReadyToSign, signOffGatePassed } from "#lib/domain/gates.ts";
import { may } from "#lib/domain/policy.ts";
import { missingApprovals, openRejection, standingApprovals } from "#lib/domain/sign-off.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability, SignOffStepView, SignOffView } from "./deployment-view.ts";

export function viewSignOff(deployment: Deployment, actor: Actor): SignOffView {
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
    steps: signOff.steps.map((step) => viewStep(deployment, actor, step)),
    voided: deployment.approvals.filter(({ voided }) => voided !== null).toReversed(),
    answers: deployment.rejectionAnswers,
    answerRejection: answerAbility(deployment, actor),
  };
}

function viewStep(
  deployment: Deployment,
  actor: Actor,
  step: Pick<SignOffStepView, "role" | "title">,
): SignOffStepView {
  const { role, title } = step;
  const rejection = openRejection(deployment);
  const approval = standingApprovals(deployment).find((candidate) => candidate.role === role);
  const missing = missingApprovals(deployment);
  const before = missing[missing.findIndex((candidate) => candidate.role === role) - 1];
  const isNext = isReadyToSign(deployment) && missing[0]?.role === role;
  return {
    role,
    title,
    state: approval
      ? "approved"
      : rejection?.role === role
        ? "rejected"
        : isNext && !rejection
          ? "next"
          : "waiting",
    waitsFor: before?.title ?? null,
    approval: approval ?? (rejection?.role === role ? rejection : null),
    sign: signAbility(deployment, actor, role),
  };
}

function signAbility(deployment: Deployment, actor: Actor, role: SignOffStepView["role"]): Ability {
  if (deployment.ended !== null)
    return refuse(`The deployment is ${OUTCOME_TITLES[deployment.ended.outcome]}`);
  if (deployment.rollback !== null) return refuse("A rollback is running");
  const refusal = whyNotSign(deployment, actor, role);
  return refusal === null ? allow : refuse(refusal.message);
}

function answerAbility(deployment: Deployment, actor: Actor): Ability {
  if (openRejection(deployment) === undefined) return refuse("There is no rejection to answer");
  return may(actor, "rejection.answer", deployment.teamId)
    ? allow
    : refuse("A team lead answers the rejection");
}
