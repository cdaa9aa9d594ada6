import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { may } from "#lib/domain/policy.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import type { Ability, DeploymentView } from "./deployment-view.ts";
import type { Surroundings } from "./get-deployment.ts";

export const allow: Ability = { allowed: true };

export function refuse(reason: string): Ability {
  return { allowed: false, reason };
}

/** What the caller may do with the record as a whole. */
export function abilitiesOf(
  deployment: Deployment,
  actor: Actor,
  { successorId, stoneSeq }: Pick<Surroundings, "successorId" | "stoneSeq">,
): DeploymentView["abilities"] {
  const { teamId, ended, t0At, rollback, legalHold } = deployment;
  const holds = may(actor, "legal-hold.manage", teamId);
  const over = ended === null ? null : `The deployment is ${OUTCOME_TITLES[ended.outcome]}`;
  const first = (...reasons: readonly (string | null)[]): Ability => {
    const reason = reasons.find((candidate) => candidate !== null);
    return reason == null ? allow : refuse(reason);
  };
  const unless = (allowed: boolean, reason: string) => (allowed ? null : reason);
  return {
    changeDetails: first(
      unless(may(actor, "deployment.change-details", teamId), "A team lead corrects the details"),
      over,
    ),
    cancel: first(
      unless(may(actor, "deployment.cancel", teamId), "A team lead cancels a deployment"),
      over,
      unless(t0At === null, "The deployment has begun (T-0); roll it back instead"),
    ),
    rollBack: first(
      unless(may(actor, "rollback.trigger", teamId), "An engineer or a team lead triggers the rollback"),
      over,
      unless(t0At !== null, "Nothing has been deployed before T-0; cancel the deployment instead"),
      unless(rollback === null, "A rollback is running already"),
    ),
    openSuccessor: first(
      unless(may(actor, "deployment.open", teamId), "A team lead opens deployments"),
      unless(
        ended !== null && ended.outcome !== "completed",
        "Only a rolled-back or cancelled deployment has a successor",
      ),
      unless(successorId === null, "A successor has been opened already"),
    ),
    runChecks: first(unless(may(actor, "checks.run", teamId), "Engineers and team leads run checks"), over),
    overrule: first(
      unless(may(actor, "verdict.overrule", teamId), "A team lead overrules what a machine says"),
      over,
    ),
    setLegalHold: first(
      unless(holds, "An auditor or an admin sets a legal hold"),
      unless(stoneSeq === null, "Its content has been removed"),
      unless(legalHold === null, "A legal hold stands already"),
    ),
    liftLegalHold: first(
      unless(holds, "An auditor or an admin lifts a legal hold"),
      unless(legalHold !== null, "No legal hold stands"),
    ),
    assign: first(unless(may(actor, "item.assign", teamId), "Engineers and team leads assign items"), over),
    assignAnybody: first(
      unless(may(actor, "item.assign-anybody", teamId), "A team lead gives on what is somebody else’s"),
      over,
    ),
    setDue: first(unless(may(actor, "item.set-due", teamId), "A team lead sets when items are due"), over),
    comment: first(
      unless(may(actor, "comment.write", teamId), "Your roles on this team do not comment"),
      unless(stoneSeq === null, "Its content has been removed"),
    ),
    waiveCritical: first(
      unless(may(actor, "item.waive-critical", teamId), "A team lead waives critical items"),
    ),
  };
}
