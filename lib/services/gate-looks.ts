import type { Deployment } from "#lib/domain/deployment.ts";
import { completedBefore } from "#lib/domain/failing-checks.ts";
import { allGateBlockers, gateBlockers } from "#lib/domain/gates.ts";
import { overriddenAt, withoutOverridden, withoutSkipped } from "#lib/domain/overrides.ts";
import { Rejection, type Blocker } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { failingChecks } from "#lib/db/failing-checks.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { lookAgain } from "./live-checks.ts";

export type GateAnswer = {
  readonly phase: string;
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
  /** Whether break glass (rule 8) opens it, or opened it, in spite of `overridden`. */
  readonly forced: boolean;
  readonly overridden: readonly Blocker[];
  readonly revision: number;
};

/** Whoever asks again within this span gets what was seen. */
const LOOK_AGAIN_AFTER_MINUTES = 1;

/** Rule 2 as everyone hears it, people, programs and GitHub: live checks look first, then the gate is judged. */
export async function judgeGate(before: Deployment, phase: string): Promise<GateAnswer> {
  await lookAtGate(before, phase);
  const loaded = await loadDeployment(before.id);
  if (loaded === null) throw new Rejection("not-found", "There is no such deployment");
  const { deployment, freezes } = loaded;
  const at = now();
  const seen = await seenFailing(deployment, phase);
  const blockers = [
    ...gateBlockers(deployment, phase, at, freezes),
    ...withoutOverridden(deployment, phase, seen),
  ];
  const all = [...allGateBlockers(deployment, phase, at, freezes), ...seen];
  const overridden = overriddenAt(deployment, phase, all);
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

/**
 * Live checks at a gate look once more, but for those that looked within the last minute: those of
 * the open phase are recorded, those of completed phases before the gate touch nothing that was signed.
 */
export async function lookAtGate(deployment: Deployment, phase: string): Promise<void> {
  if (deployment.ended !== null || deployment.rollback !== null) return;
  await lookAgain(
    deployment,
    completedBefore(deployment, phase),
    laterBy(now(), -LOOK_AGAIN_AFTER_MINUTES * MINUTE),
  );
}

/** What was seen last, as far as it keeps the phase from beginning; break glass lifts what it lifted. */
export async function failingAtGate(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return withoutOverridden(deployment, phase, await seenFailing(deployment, phase));
}

// The same with what break glass would lift at this very gate.
async function seenFailing(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return withoutSkipped(deployment, await failingChecks(deployment, phase));
}
