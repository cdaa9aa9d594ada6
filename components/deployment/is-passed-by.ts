import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";

/** Whether a record came past a phase without it: it rolls back, or has ended. */
export function isPassedBy({ rollback, ended }: DeploymentView, { state }: PhaseView): boolean {
  return state === "locked" && (rollback !== null || ended !== null);
}

/** The same of the gate: a phase before it was never complete. */
export function isGatePassedBy({ rollback, ended, phases, signOff: { gate } }: DeploymentView): boolean {
  const place = phases.findIndex(({ key }) => key === gate);
  const before = place === -1 ? phases : phases.slice(0, place);
  return (rollback !== null || ended !== null) && before.some(({ state }) => state !== "completed");
}
