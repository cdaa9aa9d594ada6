import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, specOf, type Manifest } from "./manifests.ts";

const autoscaler = z.object({
  scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
  minReplicas: z.int().default(1),
  maxReplicas: z.int(),
});

export type Autoscaler = z.infer<typeof autoscaler>;

/** The lowest number of replicas at which a pod may be lost without an outage. */
const REPLICAS_AT_LEAST = 2;

/** Every Deployment is scaled by a HorizontalPodAutoscaler that keeps two replicas and has room to grow. */
export function judgeAutoscaling(manifests: readonly Manifest[]): readonly Finding[] {
  const autoscalers = autoscalersOf(manifests);
  return ofKind(manifests, "Deployment").map((deployment): Finding => {
    const title = nameOf(deployment);
    const found = autoscalers.get(title);
    if (found === undefined) return { level: "fail", title, detail: "no HorizontalPodAutoscaler targets it" };
    const { minReplicas, maxReplicas } = found;
    const ok = minReplicas >= REPLICAS_AT_LEAST && maxReplicas > minReplicas;
    return { level: ok ? "pass" : "fail", title, detail: `${minReplicas} to ${maxReplicas} replicas` };
  });
}

/** What scales a workload, by the workload's name as `nameOf` gives it. */
export function autoscalersOf(manifests: readonly Manifest[]): ReadonlyMap<string, Autoscaler> {
  return new Map(
    ofKind(manifests, "HorizontalPodAutoscaler").map((entry) => {
      const found = specOf(entry, autoscaler);
      const { kind, name } = found.scaleTargetRef;
      return [`${kind} ${namespaceOf(entry)}/${name}`, found];
    }),
  );
}
