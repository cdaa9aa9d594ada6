import type { Actor } from "#lib/domain/actor.ts";
import { currentPhase, isStarted } from "#lib/domain/checklist.ts";
import { counts } from "#lib/domain/counted-evidence.ts";
import type { Deployment, DutyRelaxations, Instant } from "#lib/domain/deployment.ts";
import type { EvidenceContent } from "#lib/domain/evidence.ts";
import { gateStanding } from "#lib/domain/gate-standing.ts";
import { CLOSE_OUT } from "#lib/domain/gates.ts";
import type { SloMetric } from "#lib/domain/slo.ts";
import { meetsSlo, SLO_METRICS } from "#lib/domain/slo.ts";
import { statusOf } from "#lib/domain/status.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { abilitiesOf } from "./abilities.ts";
import type { DeploymentView, GateView, RollbackView, SloView } from "./deployment-view.ts";
import type { Surroundings } from "./get-deployment.ts";
import { viewBreakGlass } from "./view-break-glass.ts";
import { viewFreezes } from "./view-freezes.ts";
import { viewChecks } from "./view-checks.ts";
import { nextStep } from "./next-step.ts";
import { standingComments, viewPhase } from "./view-phase.ts";
import { viewSignOff } from "./view-sign-off.ts";

/** Everything a screen or a program needs to know of a record, judged for one caller at `now`. */
export function viewDeployment(
  deployment: Deployment,
  surroundings: Surroundings,
  actor: Actor,
  now: Instant,
): DeploymentView {
  const { checklist } = deployment;
  const { teamName, successorId, freezes } = surroundings;
  const checks = (item: ItemTemplate) => viewChecks(item, surroundings, deployment.opened.at);
  const gates = viewGates(deployment, now, surroundings);
  const blockersBefore = (key: string) => gates.find(({ phase }) => phase === key)?.blockers ?? [];
  const phases = checklist.phases.map((phase) =>
    viewPhase(deployment, phase, actor, now, checks, blockersBefore(phase.key)),
  );
  const rollbackPhase = viewPhase(deployment, checklist.rollback, actor, now, checks, []);
  const signOff = viewSignOff(deployment, actor, surroundings.mandates, now);
  return {
    id: deployment.id,
    revision: deployment.revision,
    now,
    team: { id: deployment.teamId, name: teamName },
    service: deployment.service,
    template: checklist.template,
    targets: checklist.targets,
    details: deployment.details,
    opened: deployment.opened,
    relaxations: relaxationsInWords(deployment.relaxations),
    status: statusOf(deployment),
    t0At: deployment.t0At,
    ended: deployment.ended,
    currentPhase: openPhaseKey(deployment),
    phases,
    rollbackPhase,
    rollback: viewRollback(deployment),
    gates,
    ...nextStep(deployment, { phases, rollbackPhase, signOff, gates }, now),
    signOff,
    breakGlass: viewBreakGlass(deployment, actor, surroundings, now),
    freezes: viewFreezes(deployment, actor, freezes, now),
    slo: viewSlo(deployment, now),
    legalHold: deployment.legalHold,
    comments: standingComments(deployment, null),
    stoneSeq: surroundings.stoneSeq,
    predecessorId: deployment.predecessorId,
    successorId,
    abilities: abilitiesOf(deployment, actor, surroundings),
  };
}

function openPhaseKey(deployment: Deployment): string | null {
  if (deployment.ended !== null) return null;
  if (deployment.rollback !== null) return deployment.checklist.rollback.key;
  return currentPhase(deployment)?.key ?? null;
}

function viewGates(
  deployment: Deployment,
  now: Instant,
  { freezes, checkRuns }: Surroundings,
): readonly GateView[] {
  const [, ...later] = deployment.checklist.phases;
  const gates = later.map(({ key, title }) => ({ phase: key, title: `Before ${title}` }));
  if (deployment.checklist.signOff.gatePhase === null) gates.push({ phase: CLOSE_OUT, title: "Close-out" });
  return gates.map((gate) => {
    // A phase that has begun is past its gate, whatever live checks see now.
    const outside = isStarted(deployment, gate.phase) ? { freezes, checkRuns: [] } : { freezes, checkRuns };
    return { ...gate, ...gateStanding(deployment, gate.phase, outside, now) };
  });
}

function viewRollback({ rollback, details }: Deployment): RollbackView | null {
  return rollback === null
    ? null
    : { triggered: rollback, rtoEndsAt: laterBy(rollback.at, details.slo.rtoMinutes * MINUTE) };
}

function viewSlo(deployment: Deployment, now: Instant): readonly SloView[] {
  const metrics: readonly SloMetric[] = [
    "availabilityPercent",
    "apiLatencyP95Ms",
    "apiLatencyP99Ms",
    "pageLoadP95Ms",
    "errorRatePercent",
    "rtoMinutes",
    "rpoMinutes",
  ];
  return metrics.map((metric) => {
    const measured =
      metric === "rtoMinutes" ? measuredRecovery(deployment, now) : lastMeasured(deployment, metric);
    const target = deployment.details.slo[metric];
    return {
      metric,
      ...SLO_METRICS[metric],
      target,
      measured: measured && { ...measured, met: meetsSlo(metric, measured.value, deployment.details.slo) },
    };
  });
}

type Measured = { readonly value: number; readonly at: Instant; readonly item: string | null };

// On an item that a machine measured, what a person typed does not count: see `judgeItem`.
function lastMeasured(deployment: Deployment, metric: SloMetric): Measured | null {
  const measured = deployment.evidence.filter(
    (entry) => figureOf(entry.content, metric) !== undefined && counts(deployment, entry),
  );
  const byMachine = new Set(
    measured.flatMap(({ content, itemKey }) => (content.kind === "check" ? [itemKey] : [])),
  );
  const entry = measured.findLast(
    ({ content, itemKey }) => content.kind === "check" || !byMachine.has(itemKey),
  );
  const value = entry && figureOf(entry.content, metric);
  if (entry === undefined || value === undefined) return null;
  return { value, at: entry.recorded.at, item: entry.itemKey };
}

function figureOf(content: EvidenceContent, metric: SloMetric): number | undefined {
  return content.kind === "measurement" || content.kind === "check" ? content.values[metric] : undefined;
}

function measuredRecovery({ rollback, ended }: Deployment, now: Instant): Measured | null {
  if (rollback === null) return null;
  const at = ended?.at ?? now;
  return { value: Math.round((Date.parse(at) - Date.parse(rollback.at)) / MINUTE), at, item: null };
}

function relaxationsInWords(relaxations: DutyRelaxations): readonly string[] {
  return [
    relaxations.openerMaySign ? "Whoever opened this deployment may sign it." : null,
    relaxations.deployerMaySign ? "Whoever deploys may sign." : null,
    relaxations.mayHoldSeveralRoles ? "One person may sign for several roles." : null,
  ].filter((sentence) => sentence !== null);
}
