import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { DeploymentRow } from "#lib/queries/list-deployments.ts";

/** Whose move it is, in a few words. */
export function Awaited({ row }: { row: DeploymentRow }) {
  return <span className="text-ink-muted">{whoseMove(row)}</span>;
}

function whoseMove({ status, awaitedRole }: DeploymentRow): string {
  switch (status) {
    case "awaiting-sign-off":
      return awaitedRole === null ? "An approver" : ROLE_TITLES[awaitedRole];
    case "rejected":
      return "Team lead answers";
    case "ready":
      return "Engineers start T-0";
    case "rolling-back":
    case "in-progress":
      return "Engineers";
    default:
      return "—";
  }
}
