import { isCompleted, isPastT0, isSettled, isStarted, itemsOf, phasesFromT0 } from "./checklist.ts";
import type { Deployment, Instant } from "./deployment.ts";
import { freezeBlockers, type FreezeWindow } from "./freezes.ts";
import { groundsAgainst } from "./grounds.ts";
import { withoutOverridden, withoutSkipped } from "./overrides.ts";
import type { Blocker } from "./rejection.ts";
import { judgeItem } from "./requirements.ts";
import { approvalsOf, missingApprovals, openRejection, quorumOf } from "./sign-off.ts";
import { OUTCOME_TITLES } from "./standstill.ts";
import type { ItemTemplate, PhaseTemplate, SignOffStep } from "./template.ts";

/** The gate after the last phase, where a sign-off at close-out stands. */
export const CLOSE_OUT = "close-out";

/**
 * Rule 2: what keeps a phase from beginning at `now`; empty when it may begin, or has begun.
 * `phaseKey` is a phase of the sequence or `close-out`. What break glass overrides (rule 8) is left out.
 */
export function gateBlockers(
  deployment: Deployment,
  phaseKey: string,
  now: Instant,
  freezes: readonly FreezeWindow[],
): readonly Blocker[] {
  return withoutOverridden(deployment, phaseKey, allGateBlockers(deployment, phaseKey, now, freezes));
}

/** The same with what break glass would lift at this very gate. */
export function allGateBlockers(
  deployment: Deployment,
  phaseKey: string,
  now: Instant,
  freezes: readonly FreezeWindow[],
): readonly Blocker[] {
  const standstill = standstillBlockers(deployment);
  if (standstill.length > 0) return standstill;
  if (isStarted(deployment, phaseKey)) return [];
  const before = phasesBefore(deployment, phaseKey);
  const incomplete = before.find((phase) => !isCompleted(deployment, phase.key));
  return [
    ...(incomplete === undefined
      ? withoutSkipped(
          deployment,
          phasesJudgedAt(deployment, phaseKey).flatMap((phase) =>
            requirementBlockers(deployment, phase, now).filter(
              ({ code }) => code !== "requirement-stale" || mayGoStale(deployment, phase, before.at(-1)),
            ),
          ),
        )
      : [
          // The items are the nearest gate's concern; a later one waits for the phase as a whole.
          ...(incomplete === before.at(-1) ? phaseBlockers(deployment, incomplete, now) : []),
          {
            code: "phase-incomplete" as const,
            message: `${incomplete.title} is not complete`,
            phase: incomplete.key,
          },
        ]),
    ...(isSignOffGate(deployment, phaseKey) ? signOffBlockers(deployment) : []),
    ...freezeBlockers(deployment, phaseKey, now, freezes),
  ];
}

/** Rule 1: what keeps a phase from being completed at `now`, item by item in the list's order. */
export function phaseBlockers(
  deployment: Deployment,
  phase: PhaseTemplate,
  now: Instant,
): readonly Blocker[] {
  return itemsOf(phase).flatMap(({ item }): readonly Blocker[] => {
    if (isSettled(deployment, item.key)) return requirementBlockersOf(deployment, item, phase.key, now);
    const message = `“${item.title}” is open`;
    return [
      { code: "item-open", message, item: item.key, phase: phase.key, ...onGrounds(deployment, item, now) },
    ];
  });
}

/** Whether the sign-off stands at the gate before this phase (or at `close-out`). */
export function isSignOffGate(deployment: Deployment, phaseKey: string): boolean {
  return (deployment.checklist.signOff.gatePhase ?? CLOSE_OUT) === phaseKey;
}

/** Whether the gate that the sign-off stands at has been passed. */
export function signOffGatePassed(deployment: Deployment): boolean {
  const gate = deployment.checklist.signOff.gatePhase;
  return gate === null ? deployment.ended !== null : isStarted(deployment, gate);
}

/** Whether every phase that the sign-off covers is complete, so that signing may begin. */
export function isReadyToSign(deployment: Deployment): boolean {
  const gate = deployment.checklist.signOff.gatePhase ?? CLOSE_OUT;
  return phasesBefore(deployment, gate).every((phase) => isCompleted(deployment, phase.key));
}

export function signOffBlockers(deployment: Deployment): readonly Blocker[] {
  const rejection = openRejection(deployment);
  if (rejection !== undefined) {
    return [
      {
        code: "sign-off-rejected",
        message: `${rejection.signed.by.name} rejected: ${rejection.comment ?? ""}`,
        role: rejection.role,
      },
    ];
  }
  return missingApprovals(deployment).map((step) => ({
    code: "approval-missing",
    message: missingInWords(deployment, step),
    role: step.role,
  }));
}

function missingInWords(deployment: Deployment, step: SignOffStep): string {
  const quorum = quorumOf(step);
  if (quorum === 1) return `${step.title} has not approved`;
  return `${step.title}: ${approvalsOf(deployment, step.role).length} of ${quorum} approved`;
}

function standstillBlockers(deployment: Deployment): readonly Blocker[] {
  if (deployment.ended !== null) {
    const outcome = OUTCOME_TITLES[deployment.ended.outcome];
    return [{ code: "deployment-ended", message: `The deployment is ${outcome}` }];
  }
  return deployment.rollback === null
    ? []
    : [{ code: "rollback-running", message: "The deployment is being rolled back" }];
}

function phasesBefore(deployment: Deployment, phaseKey: string): readonly PhaseTemplate[] {
  const { phases } = deployment.checklist;
  const index = phases.findIndex(({ key }) => key === phaseKey);
  return index === -1 ? phases : phases.slice(0, index);
}

/** The phases whose evidence a gate judges anew: what was fresh at T-0 may go stale after it. */
export function phasesJudgedAt(deployment: Deployment, phaseKey: string): readonly PhaseTemplate[] {
  const before = phasesBefore(deployment, phaseKey);
  const t0 = before.findIndex((phase) => phase.timing.startsAtT0);
  return t0 === -1 ? before : before.slice(t0);
}

/**
 * When the evidence of a phase was judged last: at T-0, or at the gate after it from T-0 on, or when the
 * record ended. Null while it is judged at each moment anew; what goes stale afterwards is history.
 */
export function judgedLastAt(deployment: Deployment, phase: PhaseTemplate): Instant | null {
  const { checklist, phases, t0At, ended } = deployment;
  const fromT0 = phasesFromT0(checklist);
  const next = fromT0[fromT0.indexOf(phase) + 1];
  if (fromT0.includes(phase)) return phases[next?.key ?? ""]?.started?.at ?? ended?.at ?? null;
  const isBeforeT0 = checklist.phases.includes(phase) && isPastT0(deployment);
  return (isBeforeT0 ? t0At : null) ?? ended?.at ?? null;
}

// From T-0 on a phase ends with its evidence: what was green half an hour after T-0 is history a day
// later. What the phase right before the gate rests on has to hold at the gate still.
function mayGoStale(deployment: Deployment, phase: PhaseTemplate, last: PhaseTemplate | undefined): boolean {
  return !isPastT0(deployment) || phase === last;
}

function requirementBlockers(deployment: Deployment, phase: PhaseTemplate, now: Instant): readonly Blocker[] {
  return itemsOf(phase).flatMap(({ item }) => requirementBlockersOf(deployment, item, phase.key, now));
}

function requirementBlockersOf(
  deployment: Deployment,
  item: ItemTemplate,
  phaseKey: string,
  now: Instant,
): readonly Blocker[] {
  if (deployment.items[item.key]?.status === "not-applicable") return [];
  const judgement = judgeItem(deployment, item, now);
  if (judgement === null || judgement.verdict === "met") return [];
  return [
    {
      code: `requirement-${judgement.verdict}`,
      message: `“${item.title}”: ${judgement.message}`,
      item: item.key,
      phase: phaseKey,
      ...onGrounds(deployment, item, now),
    },
  ];
}

function onGrounds(deployment: Deployment, item: ItemTemplate, now: Instant): Pick<Blocker, "grounds"> {
  const grounds = groundsAgainst(deployment, item, now);
  return grounds.length === 0 ? {} : { grounds };
}

/** The phase that comes next when the current one is complete; undefined after the last. */
export function phaseAfter(deployment: Deployment, phaseKey: string): PhaseTemplate | undefined {
  const { phases } = deployment.checklist;
  return phases[phases.findIndex(({ key }) => key === phaseKey) + 1];
}
