import { otherThanAsked, type AskedAbout } from "#lib/domain/asked-about.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { completedBefore } from "#lib/domain/failing-checks.ts";
import { closedBy, gateStanding, type GateStanding } from "#lib/domain/gate-standing.ts";
import { withoutOverridden, withoutSkipped } from "#lib/domain/overrides.ts";
import { Rejection, type Blocker } from "#lib/domain/rejection.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { loadCheckRuns } from "#lib/db/check-runs.ts";
import { failingChecks } from "#lib/db/failing-checks.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { lookAgain } from "./live-checks.ts";

/** With what the record is of, so that whoever asks can tell whether they asked about theirs. */
export type GateAnswer = GateStanding &
  Pick<Deployment["details"], "version" | "commit" | "environment"> & {
    readonly phase: string;
    readonly service: string;
    readonly revision: number;
  };

/** Whoever asks again within this span gets what was seen. */
const LOOK_AGAIN_AFTER_MINUTES = 1;

/** Rule 2 as everyone hears it, people, programs and GitHub: live checks look first, then the gate is judged. */
export async function judgeGate(
  before: Deployment,
  phase: string,
  asked: AskedAbout = {},
): Promise<GateAnswer> {
  await lookAtGate(before, phase);
  const loaded = await loadDeployment(before.id);
  if (loaded === null) throw new Rejection("not-found", "There is no such deployment");
  const { deployment, freezes } = loaded;
  const at = now();
  const outside = { freezes, checkRuns: await loadCheckRuns(deployment.id) };
  const standing = gateStanding(deployment, phase, outside, at);
  const { version, commit, environment } = deployment.details;
  const about = { service: deployment.service.name, version, commit, environment };
  return {
    phase,
    ...about,
    ...closedBy(otherThanAsked(deployment, asked), standing),
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
  const seen = withoutSkipped(deployment, await failingChecks(deployment, phase));
  return withoutOverridden(deployment, phase, seen);
}
