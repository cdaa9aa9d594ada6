import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { namespaceOf, ofKind, specOf, workloadsOf, type Manifest } from "./manifests.ts";

const policy = z.object({
  podSelector: z.looseObject({
    matchLabels: z.record(z.string(), z.string()).default({}),
    matchExpressions: z.array(z.unknown()).default([]),
  }),
  policyTypes: z.array(z.string()).default(["Ingress"]),
  ingress: z.array(z.unknown()).default([]),
});

/** Each namespace with workloads denies what no policy allows. */
export function judgeNetworkPolicies(manifests: readonly Manifest[]): readonly Finding[] {
  const namespaces = new Set(workloadsOf(manifests).map(({ manifest }) => namespaceOf(manifest)));
  return [...namespaces].map((namespace): Finding => {
    const policies = ofKind(manifests, "NetworkPolicy").filter((entry) => namespaceOf(entry) === namespace);
    const denies = policies.some((entry) => deniesByDefault(specOf(entry, policy)));
    const detail = denies
      ? `${policies.length} policies`
      : policies.length === 0
        ? "no NetworkPolicy"
        : "no policy that denies by default";
    return { level: denies ? "pass" : "fail", title: `Namespace ${namespace}`, detail };
  });
}

function deniesByDefault({ podSelector, policyTypes, ingress }: z.infer<typeof policy>): boolean {
  const selectsAll =
    Object.keys(podSelector.matchLabels).length === 0 && podSelector.matchExpressions.length === 0;
  return selectsAll && policyTypes.includes("Ingress") && ingress.length === 0;
}
