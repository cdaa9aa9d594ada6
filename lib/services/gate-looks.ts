import { isCompleted } from "#lib/domain/checklist.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { phasesJudgedAt } from "#lib/domain/gates.ts";
import { withoutOverridden, withoutSkipped } from "#lib/domain/overrides.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { failingChecks } from "#lib/db/failing-checks.ts";
import { lookAgain } from "./live-checks.ts";

/** Whoever asks again within this span gets what was seen. */
const LOOK_AGAIN_AFTER_MINUTES = 1;

/**
 * Live checks at a gate look once more, but for those that looked within the last minute: those of
 * the open phase are recorded, those of completed phases before the gate touch nothing that was signed.
 */
export async function lookAtGate(deployment: Deployment, phase: string): Promise<void> {
  if (deployment.ended !== null || deployment.rollback !== null) return;
  const judged = phasesJudgedAt(deployment, phase).filter(({ key }) => isCompleted(deployment, key));
  await lookAgain(deployment, judged, laterBy(now(), -LOOK_AGAIN_AFTER_MINUTES * MINUTE));
}

/** What was seen last, as far as it keeps the phase from beginning; break glass lifts what it lifted. */
export async function failingAtGate(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return withoutOverridden(deployment, phase, await seenFailing(deployment, phase));
}

/** The same with what break glass would lift at this very gate. */
export async function seenFailing(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return withoutSkipped(deployment, await failingChecks(deployment, phase));
}
