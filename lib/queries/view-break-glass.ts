import type { Actor } from "#lib/domain/actor.ts";
import { nextGate, whyNotConfirm, whyNotReview } from "#lib/domain/break-glass.ts";
import { breakGlassState, pendingBreakGlass, type BreakGlass } from "#lib/domain/break-glass-request.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { failingChecks } from "#lib/domain/failing-checks.ts";
import type { GateOutside } from "#lib/domain/gate-standing.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { holdsRole, may } from "#lib/domain/policy.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { APPROVER_ROLES, ROLE_TITLES } from "#lib/domain/roles.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability, BreakGlassView, PendingBreakGlassView } from "./deployment-view.ts";

/** Rule 8 as one caller sees it. */
export function viewBreakGlass(
  deployment: Deployment,
  actor: Actor,
  outside: GateOutside,
  now: Instant,
): BreakGlassView {
  const pending = pendingBreakGlass(deployment.breakGlass);
  const gate = deployment.ended === null && deployment.rollback === null ? nextGate(deployment) : undefined;
  return {
    state: breakGlassState(deployment.breakGlass),
    gate: gate === undefined ? null : { phase: gate.key, title: gate.title },
    request: requestAbility(deployment, actor, gate?.key, outside, now),
    pending: pending === undefined ? null : viewPending(deployment, actor, pending, outside, now),
    past: deployment.breakGlass
      .filter((glass) => glass !== pending)
      .map((glass) => ({ ...glass, reviewAbility: reviewAbility(deployment, actor, glass) }))
      .toReversed(),
  };
}

function viewPending(
  deployment: Deployment,
  actor: Actor,
  pending: BreakGlass,
  outside: GateOutside,
  now: Instant,
): PendingBreakGlassView {
  const blockers = allThatBlocks(deployment, pending.phase, outside, now);
  return {
    ...pending,
    blockers: pending.confirmed?.blockers ?? blockers,
    currentDigest: breakGlassDigest(deployment, pending.phase, blockers),
    confirmAs: APPROVER_ROLES.filter((role) => holdsRole(actor, role, deployment.teamId)).map((role) => ({
      role,
      title: ROLE_TITLES[role],
      ability: abilityFrom(whyNotConfirm(deployment, actor, pending, role)),
    })),
    withdraw: may(actor, "break-glass.request", deployment.teamId)
      ? allow
      : refuse("A team lead withdraws the request"),
  };
}

function requestAbility(
  deployment: Deployment,
  actor: Actor,
  gate: string | undefined,
  outside: GateOutside,
  now: Instant,
): Ability {
  if (!may(actor, "break-glass.request", deployment.teamId)) return refuse("A team lead asks to break glass");
  if (gate === undefined) return refuse("There is no gate left to open");
  if (pendingBreakGlass(deployment.breakGlass) !== undefined) return refuse("There is a request already");
  const blockers = allThatBlocks(deployment, gate, outside, now);
  return blockers.length === 0 ? refuse("The next gate is open") : allow;
}

// Everything that closes a gate while no glass is broken at it.
function allThatBlocks(
  deployment: Deployment,
  phase: string,
  { freezes, checkRuns }: GateOutside,
  now: Instant,
): readonly Blocker[] {
  return [
    ...allGateBlockers(deployment, phase, now, freezes),
    ...failingChecks(deployment, phase, checkRuns),
  ];
}

function reviewAbility(deployment: Deployment, actor: Actor, glass: BreakGlass): Ability {
  if (!may(actor, "break-glass.review", deployment.teamId))
    return refuse("A team lead or an approver who took no part reviews it");
  return abilityFrom(whyNotReview(actor, glass));
}

function abilityFrom(refusal: { readonly message: string } | null): Ability {
  return refusal === null ? allow : refuse(refusal.message);
}
