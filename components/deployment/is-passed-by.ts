import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";

/** Whether a record came past a phase without it: it rolls back, or has ended. */
export function isPassedBy({ rollback, ended }: DeploymentView, { state }: PhaseView): boolean {
  return state === "locked" && (rollback !== null || ended !== null);
}
