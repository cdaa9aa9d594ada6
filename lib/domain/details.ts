import canonicalize from "canonicalize";
import type { Decide } from "./change.ts";
import type { DeploymentDetails } from "./deployment.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";

/**
 * Corrects the metadata of a record that has not ended; approvals before their gate are void then.
 * From T-0 on only links may change: what was approved and deployed stays what it was.
 */
export function changeDetails(changes: Partial<DeploymentDetails>): Decide {
  return (deployment) => {
    refuseEnded(deployment);
    const { details } = deployment;
    const keys = DETAIL_KEYS.filter(
      (key) => changes[key] !== undefined && canonicalize(changes[key]) !== canonicalize(details[key]),
    );
    if (keys.length === 0) return [];
    if (deployment.t0At !== null && keys.some((key) => key !== "links")) {
      throw new Rejection("details-locked", "The deployment has begun (T-0); only its links may change");
    }
    return [
      { type: "deployment.details-changed", data: { from: pick(details, keys), to: pick(changes, keys) } },
    ];
  };
}

const DETAIL_KEYS = [
  "version",
  "commit",
  "environment",
  "deploymentAt",
  "deployedBy",
  "links",
  "slo",
] as const satisfies readonly (keyof DeploymentDetails)[];

function pick(
  details: Partial<DeploymentDetails>,
  keys: readonly (keyof DeploymentDetails)[],
): Partial<DeploymentDetails> {
  return Object.fromEntries(keys.map((key) => [key, details[key]]));
}
