import type { Actor } from "#lib/domain/actor.ts";
import { counts } from "#lib/domain/counted-evidence.ts";
import { currentPhase, isCompleted, isStarted, unfinishedSectionBefore } from "#lib/domain/checklist.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { nextGate } from "#lib/domain/break-glass.ts";
import { judgedLastAt, phaseBlockers } from "#lib/domain/gates.ts";
import { dueOf } from "#lib/domain/dues.ts";
import { standingForce } from "#lib/domain/overrides.ts";
import { may, type Action } from "#lib/domain/policy.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { judgeItem } from "#lib/domain/requirements.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import type { ItemTemplate, PhaseTemplate, SectionTemplate } from "#lib/domain/template.ts";
import { allow, refuse } from "./abilities.ts";
import type { Ability, ItemView, PhaseView, SectionView } from "./deployment-view.ts";

type ChecksOf = (item: ItemTemplate) => ItemView["checks"];

export function viewPhase(
  deployment: Deployment,
  phase: PhaseTemplate,
  actor: Actor,
  now: Instant,
  checks: ChecksOf,
  /** What closes the gate before it. */
  gate: readonly Blocker[],
): PhaseView {
  const state = phaseStateAt(deployment, phase, gate);
  const change = changeAbility(deployment, phase, state, actor);
  const judgedAt = judgedLastAt(deployment, phase);
  const sections = phase.sections.map((section) =>
    viewSection(deployment, phase, section, change, judgedAt ?? now, checks),
  );
  return {
    key: phase.key,
    title: phase.title,
    label: phase.timing.label,
    dueAt:
      phase.timing.offsetMinutes === null
        ? null
        : laterBy(deployment.details.deploymentAt, phase.timing.offsetMinutes * MINUTE),
    state,
    started: isRollback(deployment, phase)
      ? rollbackStart(deployment)
      : (deployment.phases[phase.key]?.started ?? null),
    completed: deployment.phases[phase.key]?.completed ?? null,
    judgedAt,
    leftIncomplete: deployment.phases[phase.key]?.leftIncomplete ?? false,
    done: sum(sections.map(({ done }) => done)),
    total: sum(sections.map(({ total }) => total)),
    start: startAbility(deployment, phase, state, gate, actor),
    complete: completeAbility(deployment, phase, state, actor, now),
    reopen: reopenAbility(deployment, phase, state, actor),
    sections,
  };
}

function viewSection(
  deployment: Deployment,
  phase: PhaseTemplate,
  section: SectionTemplate,
  change: Ability,
  now: Instant,
  checks: ChecksOf,
): SectionView {
  const items = section.items.map((item) => viewItem(deployment, phase, item, now, checks));
  const before = isRollback(deployment, phase)
    ? unfinishedSectionBefore(deployment, phase, section)
    : undefined;
  return {
    key: section.key,
    title: section.title,
    done: items.filter(({ status }) => status !== "open").length,
    total: items.length,
    change: change.allowed && before !== undefined ? refuse(`Finish ${before.title} first`) : change,
    items,
  };
}

function viewItem(
  deployment: Deployment,
  phase: PhaseTemplate,
  item: ItemTemplate,
  now: Instant,
  checks: ChecksOf,
): ItemView {
  const state = deployment.items[item.key] ?? { status: "open" };
  return {
    key: item.key,
    title: item.title,
    critical: item.critical ?? false,
    conditional: item.conditional ?? false,
    requirement: item.requirement ?? null,
    checks: checks(item),
    judgement: state.status === "not-applicable" ? null : judgeItem(deployment, item, now),
    status: state.status,
    settled: state.status === "open" ? null : state.settled,
    reason: state.status === "not-applicable" ? state.reason : null,
    owner: deployment.owners[item.key] ?? null,
    dueAt: dueOf(deployment, phase, item.key),
    dueIsSet: deployment.dues[item.key] !== undefined,
    comments: standingComments(deployment, item.key),
    evidence: deployment.evidence
      .filter(({ itemKey }) => itemKey === item.key)
      .map((entry) => ({ ...entry, counts: counts(deployment, entry) }))
      .toReversed(),
  };
}

/** How many comments that are not deleted stand at one place of a record. */
export function standingComments({ comments }: Deployment, itemKey: string | null): number {
  return comments.filter((comment) => comment.itemKey === itemKey && comment.deleted === null).length;
}

function phaseStateAt(
  deployment: Deployment,
  phase: PhaseTemplate,
  gate: readonly Blocker[],
): PhaseView["state"] {
  if (isCompleted(deployment, phase.key)) return "completed";
  if (isRollback(deployment, phase)) {
    return deployment.rollback !== null && deployment.ended === null ? "open" : "locked";
  }
  const isCurrent = currentPhase(deployment)?.key === phase.key;
  if (deployment.ended !== null || deployment.rollback !== null) {
    return isCurrent && isStarted(deployment, phase.key) ? "frozen" : "locked";
  }
  if (!isCurrent && !isForcedNext(deployment, phase)) return "locked";
  if (isStarted(deployment, phase.key)) return "open";
  return gate.length === 0 ? "ready" : "locked";
}

/** Rule 8: break glass lets the next phase begin while the one before it is still open. */
function isForcedNext(deployment: Deployment, { key }: PhaseTemplate): boolean {
  return nextGate(deployment)?.key === key && standingForce(deployment, key) !== undefined;
}

function changeAbility(
  deployment: Deployment,
  phase: PhaseTemplate,
  state: PhaseView["state"],
  actor: Actor,
): Ability {
  if (state === "ready" && currentPhase(deployment)?.key !== phase.key)
    return refuse(`Start ${phase.title} first; break glass opened its gate`);
  if (state === "open" || state === "ready")
    return allowedBy(deployment, actor, "item.settle", "Engineers and team leads tick items");
  return refuse(whyClosed(deployment, phase, state));
}

function whyClosed(deployment: Deployment, phase: PhaseTemplate, state: PhaseView["state"]): string {
  if (deployment.ended !== null) return `The deployment is ${OUTCOME_TITLES[deployment.ended.outcome]}`;
  if (state === "completed") return `${phase.title} is complete; a team lead can reopen it`;
  if (state === "frozen" || (deployment.rollback !== null && !isRollback(deployment, phase))) {
    return "A rollback is running; the other phases are frozen";
  }
  if (isRollback(deployment, phase)) return "Opens when a rollback is triggered";
  const current = currentPhase(deployment);
  return current === undefined || current.key === phase.key
    ? `The gate before ${phase.title} is closed`
    : `Complete ${current.title} first`;
}

function startAbility(
  deployment: Deployment,
  phase: PhaseTemplate,
  state: PhaseView["state"],
  gate: readonly Blocker[],
  actor: Actor,
): Ability {
  if (state === "ready")
    return allowedBy(deployment, actor, "phase.start", "Engineers and team leads start phases");
  if (state !== "locked") return refuse(`${phase.title} has begun`);
  const [first, ...others] = gate;
  const failsNow = first?.code === "check-failed" && others.length === 0;
  return refuse(failsNow ? first.message : whyClosed(deployment, phase, state));
}

function completeAbility(
  deployment: Deployment,
  phase: PhaseTemplate,
  state: PhaseView["state"],
  actor: Actor,
  now: Instant,
): Ability {
  if (state !== "open") return refuse(whyClosed(deployment, phase, state));
  const blockers = phaseBlockers(deployment, phase, now);
  const [first] = blockers;
  if (first !== undefined)
    return refuse(blockers.length === 1 ? first.message : `${blockers.length} items are still to settle`);
  return allowedBy(deployment, actor, "phase.complete", "Engineers and team leads complete phases");
}

function reopenAbility(
  deployment: Deployment,
  phase: PhaseTemplate,
  state: PhaseView["state"],
  actor: Actor,
): Ability {
  if (state !== "completed") return refuse(`${phase.title} is not complete`);
  if (deployment.ended !== null || deployment.rollback !== null)
    return refuse(whyClosed(deployment, phase, "locked"));
  return allowedBy(deployment, actor, "phase.reopen", "A team lead reopens phases");
}

function allowedBy(deployment: Deployment, actor: Actor, action: Action, otherwise: string): Ability {
  return may(actor, action, deployment.teamId) ? allow : refuse(otherwise);
}

function rollbackStart({ rollback }: Deployment) {
  return rollback === null ? null : { at: rollback.at, by: rollback.by };
}

function isRollback(deployment: Deployment, phase: PhaseTemplate): boolean {
  return phase.key === deployment.checklist.rollback.key;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
