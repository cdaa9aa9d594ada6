import canonicalize from "canonicalize";
import type { Decide } from "./change.ts";
import type { Deployment, DeploymentDetails } from "./deployment.ts";
import { isLetThrough } from "./freezes.ts";
import { Rejection } from "./rejection.ts";
import { refuseEnded } from "./standstill.ts";

/**
 * Corrects the metadata of a record that has not ended; approvals before their gate are void then.
 * From T-0 on only links may change: what was approved and deployed stays what it was. What was opened by
 * an exception stays what the exception was made for, and is deployed by somebody else than made it.
 */
export function changeDetails(changes: Partial<DeploymentDetails>): Decide {
  return (deployment, now, freezes) => {
    refuseEnded(deployment);
    const { details } = deployment;
    const keys = DETAIL_KEYS.filter(
      (key) => changes[key] !== undefined && canonicalize(changes[key]) !== canonicalize(details[key]),
    );
    if (keys.length === 0) return [];
    if (deployment.t0At !== null && keys.some((key) => key !== "links")) {
      throw new Rejection("details-locked", "The deployment has begun (T-0); only its links may change");
    }
    if (keys.includes("environment") && deployment.freezeLifts.length > 0) {
      throw new Rejection(
        "details-locked",
        `A freeze was lifted for this record in ${details.environment}; open another one for ${changes.environment}`,
      );
    }
    if (keys.some((key) => OF_CONTENT.has(key)) && isLetThrough(deployment, now, freezes)) {
      throw new Rejection(
        "details-locked",
        `A freeze was lifted for version ${details.version} (${details.commit}); open another deployment for anything else`,
      );
    }
    if (changes.deployedBy !== undefined && keys.includes("deployedBy")) {
      refuseWhoeverExcepted(deployment, changes.deployedBy);
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

/** What is deployed. */
const OF_CONTENT: ReadonlySet<keyof DeploymentDetails> = new Set(["version", "commit"]);

// Duties are separated when an exception is made, and stay so.
function refuseWhoeverExcepted(
  { relaxations, freezeLifts, breakGlass }: Deployment,
  { id, name }: DeploymentDetails["deployedBy"],
): void {
  if (relaxations.deployerMaySign) return;
  if (freezeLifts.some(({ lifted }) => lifted.by.id === id)) {
    throw new Rejection(
      "separation-of-duties",
      `${name} lifted a freeze for it, so somebody else deploys it`,
    );
  }
  if (breakGlass.some(({ confirmed, used }) => used !== null && confirmed?.by.id === id)) {
    throw new Rejection(
      "separation-of-duties",
      `${name} broke the glass for it, so somebody else deploys it`,
    );
  }
}

function pick(
  details: Partial<DeploymentDetails>,
  keys: readonly (keyof DeploymentDetails)[],
): Partial<DeploymentDetails> {
  return Object.fromEntries(keys.map((key) => [key, details[key]]));
}
