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
    const specs = policies.map((entry) => specOf(entry, policy));
    const open = specs.some(allowsEverything);
    const denies = specs.some(deniesByDefault) && !open;
    const detail = open
      ? "a policy that allows everything"
      : denies
        ? `${policies.length} policies`
        : policies.length === 0
          ? "no NetworkPolicy"
          : "no policy that denies by default";
    return { level: denies ? "pass" : "fail", title: `Namespace ${namespace}`, detail };
  });
}

type Policy = z.infer<typeof policy>;

function selectsAll({ podSelector }: Policy): boolean {
  return Object.keys(podSelector.matchLabels).length === 0 && podSelector.matchExpressions.length === 0;
}

// A rule without a sender and without a port lets everybody in, and policies add up.
function allowsEverything(given: Policy): boolean {
  const isOpen = (rule: unknown) =>
    typeof rule === "object" && rule !== null && !Object.values(rule).some((part) => part !== null);
  return selectsAll(given) && given.ingress.some(isOpen);
}

function deniesByDefault(given: Policy): boolean {
  const { policyTypes, ingress } = given;
  return selectsAll(given) && policyTypes.includes("Ingress") && ingress.length === 0;
}
