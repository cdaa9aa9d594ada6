import type { Actor } from "#lib/domain/actor.ts";
import type { Change } from "#lib/domain/change.ts";
import type { Action } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import {
  changeDeployment,
  UnseenGate,
  type ChangeOptions,
  type DecideFor,
  type DeploymentRef,
} from "#lib/db/change-deployment.ts";
import { failingAtGate, lookAtGate } from "./gate-looks.ts";

/**
 * `changeDeployment` for what may pass a gate: a tick, evidence, a start, a completion, a signature. Before
 * a phase begins, or the record ends, the live checks at its gate look once more, as when it is asked.
 * Rejects with `gate-closed` and the checks that fail.
 */
export async function changeChecklist(
  actor: Actor,
  ref: DeploymentRef,
  action: Action,
  decide: DecideFor,
  options: ChangeOptions = {},
): Promise<Change> {
  try {
    return await changeDeployment(actor, ref, action, decide, options);
  } catch (error) {
    if (!(error instanceof UnseenGate)) throw error;
    await refuseWhileFailing(error);
    const seen = [...(options.seen ?? []), error.phase];
    return changeChecklist(actor, ref, action, decide, { ...options, seen });
  }
}

async function refuseWhileFailing({ deployment, phase }: UnseenGate): Promise<void> {
  await lookAtGate(deployment, phase);
  const blockers = await failingAtGate(deployment, phase);
  if (blockers.length > 0)
    throw new Rejection("gate-closed", "The gate is closed: a check fails", { blockers });
}
