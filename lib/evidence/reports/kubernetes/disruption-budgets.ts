import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { autoscalerOf } from "./autoscaling.ts";
import {
  nameOf,
  namespaceOf,
  ofKind,
  selects,
  specOf,
  workloadsOf,
  type Manifest,
  type Workload,
} from "./manifests.ts";

const amount = z.union([z.int().min(0), z.string().regex(/^\d{1,3}%$/)]);
const budget = z.object({
  minAvailable: amount.optional(),
  maxUnavailable: amount.optional(),
  selector: z
    .object({
      matchLabels: z.record(z.string(), z.string()).default({}),
      matchExpressions: z.array(z.unknown()).default([]),
    })
    .optional(),
});

/** Every workload of several replicas has a PodDisruptionBudget that lets one of them move at a time. */
export function judgeDisruptionBudgets(manifests: readonly Manifest[]): readonly Finding[] {
  return workloadsOf(manifests)
    .filter(({ manifest }) => manifest.kind !== "DaemonSet")
    .map((workload) => ({ workload, replicas: replicasOf(manifests, workload) }))
    .filter(({ replicas }) => replicas > 1)
    .map(({ workload, replicas }) => findingOf(manifests, workload, replicas));
}

function replicasOf(manifests: readonly Manifest[], { manifest, replicas }: Workload): number {
  return autoscalerOf(manifests, manifest)?.minReplicas ?? replicas;
}

function findingOf(
  manifests: readonly Manifest[],
  { manifest, labels }: Workload,
  replicas: number,
): Finding {
  const title = nameOf(manifest);
  const found = ofKind(manifests, "PodDisruptionBudget")
    .filter((entry) => namespaceOf(entry) === namespaceOf(manifest))
    .map((entry) => specOf(entry, budget))
    .find(
      ({ selector }) => selector !== undefined && isPlain(selector) && selects(selector.matchLabels, labels),
    );
  if (found === undefined) return { level: "fail", title, detail: "no PodDisruptionBudget selects it" };
  const movable = movableOf(found, replicas);
  return {
    level: movable >= 1 && movable < replicas ? "pass" : "fail",
    title,
    detail: `${movable} of ${replicas} replicas may move at a time`,
  };
}

// Expressions are not followed, so a budget that has some is not taken for this workload's.
function isPlain({ matchExpressions }: { readonly matchExpressions: readonly unknown[] }): boolean {
  return matchExpressions.length === 0;
}

// Kubernetes rounds both percentages up.
function movableOf({ minAvailable, maxUnavailable }: z.infer<typeof budget>, replicas: number): number {
  if (maxUnavailable !== undefined) return countOf(maxUnavailable, replicas);
  return minAvailable === undefined ? 0 : Math.max(0, replicas - countOf(minAvailable, replicas));
}

function countOf(value: number | string, replicas: number): number {
  return typeof value === "number" ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas);
}
