import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { namespaceOf, ofKind, specOf, type Manifest } from "./manifests.ts";
import { workloadsOf } from "./pods.ts";
import { labelSelector, selectsEveryPod } from "./selectors.ts";

const peer = z.looseObject({ ipBlock: z.object({ cidr: z.string() }).optional() }).nullable();
const rule = z
  .object({ from: z.array(peer).default([]), ports: z.array(z.unknown()).default([]) })
  .nullable();
const policy = z.object({
  podSelector: labelSelector.default({ matchLabels: {}, matchExpressions: [] }),
  policyTypes: z.array(z.string()).default(["Ingress"]),
  ingress: z.array(rule).default([]),
});

type Policy = z.infer<typeof policy>;

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

/** Each namespace with workloads denies what no policy allows. */
export function judgeNetworkPolicies(manifests: readonly Manifest[]): readonly Finding[] {
  const namespaces = new Set(workloadsOf(manifests).map(({ manifest }) => namespaceOf(manifest)));
  const policies = Map.groupBy(ofKind(manifests, "NetworkPolicy"), namespaceOf);
  return [...namespaces].map((namespace) =>
    findingOf(
      namespace,
      (policies.get(namespace) ?? []).map((entry) => specOf(entry, policy)),
    ),
  );
}

function findingOf(namespace: string, policies: readonly Policy[]): Finding {
  const title = `Namespace ${namespace}`;
  if (policies.length === 0) return { level: "fail", title, detail: "no NetworkPolicy" };
  if (policies.some(allowsEverything))
    return { level: "fail", title, detail: "a policy that allows everything" };
  return policies.some(deniesByDefault)
    ? { level: "pass", title, detail: `${policies.length} policies` }
    : { level: "fail", title, detail: "no policy that denies by default" };
}

// A rule without a sender and without a port lets everybody in, and policies add up.
function allowsEverything({ podSelector, ingress }: Policy): boolean {
  return selectsEveryPod(podSelector) && ingress.some(isOpen);
}

function isOpen(given: Policy["ingress"][number]): boolean {
  const { from, ports } = given ?? { from: [], ports: [] };
  return (
    ports.length === 0 &&
    (from.length === 0 || from.some((it) => EVERYWHERE.includes(it?.ipBlock?.cidr ?? "")))
  );
}

function deniesByDefault({ podSelector, policyTypes, ingress }: Policy): boolean {
  return selectsEveryPod(podSelector) && policyTypes.includes("Ingress") && ingress.length === 0;
}
