import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { CLOSE_OUT, gateBlockers, phasesJudgedAt } from "#lib/domain/gates.ts";
import { isCompleted } from "#lib/domain/checklist.ts";
import type { PhaseInput } from "#lib/domain/inputs/deployments.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection, type Blocker } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { loadCheckRuns, type CheckRun } from "#lib/db/check-runs.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { lookAgain, runOpenChecks } from "./live-checks.ts";
import { CHECK_RUNNER } from "./check-runner.ts";

export type GateAnswer = {
  readonly phase: string;
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
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
  const seen = await checkAgain(before, phase);
  const deployment = await loadVisible(actor, deploymentId);
  const blockers = [...gateBlockers(deployment, phase, now()), ...seen];
  return { phase, open: blockers.length === 0, blockers, revision: deployment.revision };
}

async function loadVisible(actor: Actor, deploymentId: string): Promise<Deployment> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return loaded.deployment;
}

async function checkAgain(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  if (deployment.ended !== null || deployment.rollback !== null) return [];
  const judged = phasesJudgedAt(deployment, phase).filter(({ key }) => isCompleted(deployment, key));
  const runs = await loadCheckRuns(deployment.id);
  const isRecent = runs.some(({ ranAt }) => ranAt > laterBy(now(), -LOOK_AGAIN_AFTER_MINUTES * MINUTE));
  if (!isRecent) {
    await runOpenChecks(CHECK_RUNNER, deployment.id);
    await lookAgain(
      deployment,
      judged.map(({ key }) => key),
    );
  }
  const items = new Map(
    judged.flatMap(({ key, sections }) =>
      sections.flatMap((section) => section.items.map((item) => [item.key, { item, phase: key }] as const)),
    ),
  );
  return (await loadCheckRuns(deployment.id)).flatMap((run: CheckRun): readonly Blocker[] => {
    const place = items.get(run.itemKey);
    if (place === undefined || run.verdict !== "fail") return [];
    const message = `“${place.item.title}” fails now: ${run.summary}`;
    return [{ code: "check-failed", message, item: run.itemKey, phase: place.phase }];
  });
}
