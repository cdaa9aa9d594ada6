import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, specOf, type Manifest } from "./manifests.ts";

const autoscaler = z.object({
  scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
  minReplicas: z.int().default(1),
  maxReplicas: z.int(),
});

/** The lowest number of replicas at which a pod may be lost without an outage. */
const REPLICAS_AT_LEAST = 2;

/** Every Deployment is scaled by a HorizontalPodAutoscaler that keeps two replicas and has room to grow. */
export function judgeAutoscaling(manifests: readonly Manifest[]): readonly Finding[] {
  return ofKind(manifests, "Deployment").map((deployment): Finding => {
    const found = autoscalerOf(manifests, deployment);
    const title = nameOf(deployment);
    if (found === undefined) return { level: "fail", title, detail: "no HorizontalPodAutoscaler targets it" };
    const { minReplicas, maxReplicas } = found;
    const ok = minReplicas >= REPLICAS_AT_LEAST && maxReplicas > minReplicas;
    return { level: ok ? "pass" : "fail", title, detail: `${minReplicas} to ${maxReplicas} replicas` };
  });
}

/** What scales a workload; undefined when nothing does. */
export function autoscalerOf(manifests: readonly Manifest[], workload: Manifest) {
  return ofKind(manifests, "HorizontalPodAutoscaler")
    .filter((entry) => namespaceOf(entry) === namespaceOf(workload))
    .map((entry) => specOf(entry, autoscaler))
    .find(({ scaleTargetRef: { kind, name } }) => kind === workload.kind && name === workload.metadata.name);
}
