import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { isPastT0 } from "#lib/domain/checklist.ts";
import { covers, liftOf, whyNotLift, type FreezeWindow } from "#lib/domain/freezes.ts";
import { may } from "#lib/domain/policy.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability, FreezeView } from "./deployment-view.ts";

/** The windows that concern a record until it begins: standing ones, and those to come. */
export function viewFreezes(
  deployment: Deployment,
  actor: Actor,
  freezes: readonly FreezeWindow[],
  now: Instant,
): readonly FreezeView[] {
  if (deployment.ended !== null || deployment.rollback !== null || isPastT0(deployment)) return [];
  return freezes.map((freeze) => {
    const lifted = liftOf(deployment, freeze.id) ?? null;
    return {
      ...freeze,
      standing: covers(freeze, now),
      lifted,
      lift: lifted === null ? liftAbility(deployment, actor) : refuse("It is lifted for this deployment"),
    };
  });
}

function liftAbility(deployment: Deployment, actor: Actor): Ability {
  if (!may(actor, "freeze.lift", deployment.teamId)) return refuse("A team lead lifts a freeze");
  const refusal = whyNotLift(deployment, actor);
  return refusal === null ? allow : refuse(refusal.message);
}
