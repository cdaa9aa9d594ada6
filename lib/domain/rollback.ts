import { currentPhase } from "./checklist.ts";
import type { Decide } from "./change.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";

/** Rule 7: from T-0 on, freezes the open phase and opens the rollback list. */
export function triggerRollback(reason: string): Decide {
  return (deployment) => {
    refuseEnded(deployment);
    if (deployment.rollback !== null) return [];
    if (deployment.t0At === null) {
      throw new Rejection(
        "rollback-not-possible",
        "Nothing has been deployed before T-0; cancel the deployment instead",
      );
    }
    return [
      { type: "rollback.triggered", data: { reason, frozenPhase: currentPhase(deployment)?.key ?? null } },
    ];
  };
}

/** Rule 7: before T-0, ends the record with a reason. */
export function cancelDeployment(reason: string): Decide {
  return (deployment) => {
    if (deployment.ended?.outcome === "cancelled") return [];
    refuseEnded(deployment);
    if (deployment.t0At !== null) {
      throw new Rejection(
        "cancellation-not-possible",
        "The deployment has begun (T-0); roll it back instead",
      );
    }
    return [{ type: "deployment.cancelled", data: { reason } }];
  };
}
