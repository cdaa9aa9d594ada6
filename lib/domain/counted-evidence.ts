import { findItem, isPastT0, phasesFromT0 } from "./checklist.ts";
import type { Deployment } from "./deployment.ts";
import { latestEvidence, type Evidence, type EvidenceContent } from "./evidence.ts";

/**
 * Whether evidence counts for its item: from T-0 on only what was recorded since the T-0 that stands.
 * What was shown before was shown of an earlier one, and where T-0 comes again nothing is shown yet.
 */
export function counts(deployment: Deployment, { itemKey, recorded }: Evidence): boolean {
  const { checklist, t0At } = deployment;
  const phase = findItem(checklist, itemKey)?.phase;
  if (!phasesFromT0(checklist).some((one) => one === phase)) return true;
  return isPastT0(deployment) && t0At !== null && recorded.at >= t0At;
}

/** What counts for an item, oldest first. */
export function countedEvidence(deployment: Deployment, itemKey: string): readonly Evidence[] {
  return deployment.evidence.filter((entry) => entry.itemKey === itemKey && counts(deployment, entry));
}

/** The newest of one kind that counts for an item; null when there is none. */
export function latestCounted<K extends EvidenceContent["kind"]>(
  deployment: Deployment,
  itemKey: string,
  kind: K,
): Extract<EvidenceContent, { kind: K }> | null {
  return latestEvidence(countedEvidence(deployment, itemKey), itemKey, kind);
}
