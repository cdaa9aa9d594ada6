import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { DeploymentRow } from "#lib/queries/list-deployments.ts";

/** Whose move it is, in a few words. */
export function Awaited({ row }: { row: DeploymentRow }) {
  return <span className="text-ink-muted">{whoseMove(row)}</span>;
}

function whoseMove({ status, awaitedRoles, breakGlass }: DeploymentRow): string {
  if (breakGlass === "requested") return "An approver confirms";
  switch (status) {
    case "awaiting-sign-off":
      return awaitedRoles.map((role) => ROLE_TITLES[role]).join(", ");
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
