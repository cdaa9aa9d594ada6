import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { autoscalersOf } from "./autoscaling.ts";
import { nameOf, namespaceOf, ofKind, specOf, type Manifest } from "./manifests.ts";
import { workloadsOf, type Workload } from "./pods.ts";
import { labelSelector, selectsPod } from "./selectors.ts";

const amount = z.union([z.int().min(0), z.string().regex(/^\d{1,3}%$/)]);
const budget = z.object({
  minAvailable: amount.optional(),
  maxUnavailable: amount.optional(),
  /** Without one, a budget selects no pod. */
  selector: labelSelector.optional(),
});

type Budget = z.infer<typeof budget>;

/** Every workload of several replicas has a PodDisruptionBudget that lets some of them move, never all. */
export function judgeDisruptionBudgets(manifests: readonly Manifest[]): readonly Finding[] {
  const autoscalers = autoscalersOf(manifests);
  const budgets = Map.groupBy(ofKind(manifests, "PodDisruptionBudget"), namespaceOf);
  const specs = new Map([...budgets].map(([key, found]) => [key, found.map((it) => specOf(it, budget))]));
  return workloadsOf(manifests)
    .filter(({ manifest }) => manifest.kind !== "DaemonSet")
    .map((workload) => ({
      workload,
      replicas: autoscalers.get(nameOf(workload.manifest))?.minReplicas ?? workload.replicas,
    }))
    .filter(({ replicas }) => replicas > 1)
    .map(({ workload, replicas }) =>
      findingOf(specs.get(namespaceOf(workload.manifest)) ?? [], workload, replicas),
    );
}

function findingOf(budgets: readonly Budget[], { manifest, labels }: Workload, replicas: number): Finding {
  const title = nameOf(manifest);
  const found = budgets.find(({ selector }) => selector !== undefined && selectsPod(selector, labels));
  if (found === undefined) return { level: "fail", title, detail: "no PodDisruptionBudget selects it" };
  const movable = movableOf(found, replicas);
  return {
    level: movable >= 1 && movable < replicas ? "pass" : "fail",
    title,
    detail: `${movable} of ${replicas} replicas may move at a time`,
  };
}

// Kubernetes rounds both percentages up.
function movableOf({ minAvailable, maxUnavailable }: Budget, replicas: number): number {
  if (maxUnavailable !== undefined) return countOf(maxUnavailable, replicas);
  return minAvailable === undefined ? 0 : Math.max(0, replicas - countOf(minAvailable, replicas));
}

function countOf(value: number | string, replicas: number): number {
  return typeof value === "number" ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas);
}
