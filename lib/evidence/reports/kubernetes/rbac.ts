import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, workloadsOf, type Manifest } from "./manifests.ts";

const role = z.looseObject({
  rules: z
    .array(z.object({ verbs: z.array(z.string()).default([]), resources: z.array(z.string()).default([]) }))
    .default([]),
});
const binding = z.looseObject({ roleRef: z.object({ kind: z.string(), name: z.string() }) });

/** Workloads run under accounts of their own, and nobody is bound to everything. */
export function judgeRbac(manifests: readonly Manifest[]): readonly Finding[] {
  const workloads = workloadsOf(manifests);
  if (workloads.length === 0) return [];
  return [
    ...workloads.map(({ manifest, pod: { serviceAccountName: account } }): Finding => {
      const own =
        account !== undefined &&
        account !== "default" &&
        hasAccount(manifests, account, namespaceOf(manifest));
      const detail = own
        ? `account ${account}`
        : account === undefined || account === "default"
          ? "runs under the default account"
          : `account ${account} is not made here`;
      return { level: own ? "pass" : "fail", title: nameOf(manifest), detail };
    }),
    ...ofKind(manifests, "Role", "ClusterRole").map(roleFinding),
    ...ofKind(manifests, "RoleBinding", "ClusterRoleBinding").flatMap(bindingFinding),
  ];
}

function hasAccount(manifests: readonly Manifest[], account: string, namespace: string): boolean {
  return ofKind(manifests, "ServiceAccount").some(
    (entry) => entry.metadata.name === account && namespaceOf(entry) === namespace,
  );
}

function roleFinding(entry: Manifest): Finding {
  const result = role.safeParse(entry);
  if (!result.success) return { level: "unknown", title: nameOf(entry), detail: "has no readable rules" };
  const { rules } = result.data;
  const everything = rules.some(({ verbs, resources }) => verbs.includes("*") && resources.includes("*"));
  return {
    level: everything ? "fail" : "pass",
    title: nameOf(entry),
    detail: everything ? "allows everything" : null,
  };
}

function bindingFinding(entry: Manifest): readonly Finding[] {
  const result = binding.safeParse(entry);
  if (!result.success) return [{ level: "unknown", title: nameOf(entry), detail: "has no roleRef" }];
  const isAdmin = result.data.roleRef.name === "cluster-admin";
  return isAdmin ? [{ level: "fail", title: nameOf(entry), detail: "binds to cluster-admin" }] : [];
}
