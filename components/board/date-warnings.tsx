import type { DeploymentRow } from "#lib/queries/list-deployments.ts";
import { Badge } from "#components/ui/badge.tsx";

/** What is wrong with the date of what has not begun. */
export function DateWarnings({
  row: { freeze, overlaps },
}: {
  row: Pick<DeploymentRow, "freeze" | "overlaps">;
}) {
  return (
    <>
      {freeze !== null && (
        <Badge tone="attention" icon="snowflake">
          <span title={freeze}>date in a freeze</span>
        </Badge>
      )}
      {overlaps && (
        <Badge tone="attention" icon="alert">
          <span title="Another deployment of this service to this environment is less than a day away">
            overlaps
          </span>
        </Badge>
      )}
    </>
  );
}
