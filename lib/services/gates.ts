import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { isCompleted, isStarted } from "#lib/domain/checklist.ts";
import { allGateBlockers, CLOSE_OUT, gateBlockers, phasesJudgedAt } from "#lib/domain/gates.ts";
import type { PhaseInput } from "#lib/domain/inputs/deployments.ts";
import { may } from "#lib/domain/policy.ts";
import { overriddenAt, withoutOverridden, withoutSkipped } from "#lib/domain/overrides.ts";
import { Rejection, type Blocker } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { loadCheckRuns } from "#lib/db/check-runs.ts";
import { failingChecks } from "#lib/db/failing-checks.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { lookAgain, runOpenChecks } from "./live-checks.ts";
import { CHECK_RUNNER } from "./check-runner.ts";

export type GateAnswer = {
  readonly phase: string;
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
  /** Whether break glass (rule 8) opens it, or opened it, in spite of `overridden`. */
  readonly forced: boolean;
  readonly overridden: readonly Blocker[];
  readonly revision: number;
};

/** Whoever polls a gate gets what was seen within this span. */
const LOOK_AGAIN_AFTER_MINUTES = 1;

/**
 * Rule 2: whether a phase may begin now. Live checks look once more: those of the open phase are
 * recorded, and those of phases behind it close the gate when they fail, without touching what was
 * signed.
 */
export async function askGate(actor: Actor, { deploymentId, phase }: PhaseInput): Promise<GateAnswer> {
  const before = await loadVisible(actor, deploymentId);
  const phases = before.checklist.phases.map(({ key }) => key);
  if (phase !== CLOSE_OUT && !phases.includes(phase))
    throw new Rejection("not-found", "There is no such phase");
  await checkAgain(before, phase);
  const deployment = await loadVisible(actor, deploymentId);
  const at = now();
  const seen = await failingAt(deployment, phase);
  const blockers = [...gateBlockers(deployment, phase, at), ...withoutOverridden(deployment, phase, seen)];
  const overridden = overriddenAt(deployment, phase, [...allGateBlockers(deployment, phase, at), ...seen]);
  const open = blockers.length === 0;
  return {
    phase,
    open,
    blockers,
    forced: open && overridden.length > 0,
    overridden,
    revision: deployment.revision,
  };
}

/** Refuses what would begin a phase while a live check of a completed one fails, as `askGate` answers. */
export async function refuseWhileFailing(actor: Actor, { deploymentId, phase }: PhaseInput): Promise<void> {
  const deployment = await loadVisible(actor, deploymentId);
  if (!may(actor, "phase.start", deployment.teamId) || isStarted(deployment, phase)) return;
  await checkAgain(deployment, phase);
  const blockers = withoutOverridden(deployment, phase, await failingAt(deployment, phase));
  if (blockers.length > 0)
    throw new Rejection("gate-closed", "The gate is closed: a check fails", { blockers });
}

// What was seen last, but for what an earlier gate was passed in spite of.
async function failingAt(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return withoutSkipped(deployment, await failingChecks(deployment, phase));
}

async function loadVisible(actor: Actor, deploymentId: string): Promise<Deployment> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return loaded.deployment;
}

async function checkAgain(deployment: Deployment, phase: string): Promise<void> {
  if (deployment.ended !== null || deployment.rollback !== null) return;
  const judged = phasesJudgedAt(deployment, phase).filter(({ key }) => isCompleted(deployment, key));
  const runs = await loadCheckRuns(deployment.id);
  const isRecent = runs.some(({ ranAt }) => ranAt > laterBy(now(), -LOOK_AGAIN_AFTER_MINUTES * MINUTE));
  if (isRecent) return;
  await runOpenChecks(CHECK_RUNNER, deployment.id);
  await lookAgain(
    deployment,
    judged.map(({ key }) => key),
  );
}
