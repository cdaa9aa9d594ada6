import type { Deployment, Ending } from "./deployment.ts";
import { Rejection } from "./rejection.ts";

export const OUTCOME_TITLES: Readonly<Record<Ending["outcome"], string>> = {
  completed: "completed",
  "rolled-back": "rolled back",
  cancelled: "cancelled",
};

/** Refuses any change to a record that has ended. */
export function refuseEnded({ ended }: Deployment): void {
  if (ended === null) return;
  throw new Rejection(
    "deployment-ended",
    `The deployment is ${OUTCOME_TITLES[ended.outcome]}; nothing changes any more`,
  );
}

/** Refuses a change to the sequence of phases when the record has ended or is rolling back (rule 7). */
export function refuseStandstill(deployment: Deployment): void {
  refuseEnded(deployment);
  if (deployment.rollback === null) return;
  throw new Rejection("rollback-running", "A rollback is running; the other phases are frozen");
}
