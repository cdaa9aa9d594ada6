import { failingChecks as failing } from "#lib/domain/failing-checks.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { Blocker } from "#lib/domain/rejection.ts";
import { loadCheckRuns } from "./check-runs.ts";

/** What live checks of completed phases saw last, as far as it closes a gate. */
export async function failingChecks(deployment: Deployment, phase: string): Promise<readonly Blocker[]> {
  return failing(deployment, phase, await loadCheckRuns(deployment.id));
}
