import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { allGateBlockers, CLOSE_OUT, gateBlockers } from "#lib/domain/gates.ts";
import type { PhaseInput } from "#lib/domain/inputs/deployments.ts";
import { may } from "#lib/domain/policy.ts";
import { overriddenAt, withoutOverridden } from "#lib/domain/overrides.ts";
import { Rejection, type Blocker } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { lookAtGate, seenFailing } from "./gate-looks.ts";

export type GateAnswer = {
  readonly phase: string;
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
  /** Whether break glass (rule 8) opens it, or opened it, in spite of `overridden`. */
  readonly forced: boolean;
  readonly overridden: readonly Blocker[];
  readonly revision: number;
};

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
  await lookAtGate(before, phase);
  const deployment = await loadVisible(actor, deploymentId);
  const at = now();
  const seen = await seenFailing(deployment, phase);
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

async function loadVisible(actor: Actor, deploymentId: string): Promise<Deployment> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  return loaded.deployment;
}
