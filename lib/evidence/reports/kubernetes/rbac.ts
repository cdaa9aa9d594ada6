import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, type Manifest } from "./manifests.ts";
import { podsOf, type Workload } from "./pods.ts";

const role = z.looseObject({
  rules: z
    .array(z.object({ verbs: z.array(z.string()).default([]), resources: z.array(z.string()).default([]) }))
    .default([]),
});
const binding = z.looseObject({
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ name: z.string() })).default([]),
});

/** Verbs by which a role makes itself a greater one. */
const ESCALATING = ["escalate", "bind", "impersonate"];
const ALL_VERBS = ["get", "list", "watch", "create", "update", "patch", "delete"];
const ANYBODY = [
  "system:unauthenticated",
  "system:anonymous",
  "system:authenticated",
  "system:serviceaccounts",
];

type Rule = z.infer<typeof role>["rules"][number];

/** Whatever runs does so under an account of its own, and nobody is bound to everything. */
export function judgeRbac(manifests: readonly Manifest[]): readonly Finding[] {
  const accounts = new Set(ofKind(manifests, "ServiceAccount").map(placeOf));
  const pods = podsOf(manifests);
  if (pods.length === 0) return [];
  return [
    ...pods.map((entry) => accountFinding(entry, accounts)),
    ...ofKind(manifests, "Role", "ClusterRole").map(roleFinding),
    ...ofKind(manifests, "RoleBinding", "ClusterRoleBinding").flatMap(bindingFinding),
  ];
}

function accountFinding(
  { manifest, pod }: Pick<Workload, "manifest" | "pod">,
  accounts: ReadonlySet<string>,
): Finding {
  const title = nameOf(manifest);
  const account = pod.serviceAccountName ?? "default";
  if (account === "default") return { level: "fail", title, detail: "runs under the default account" };
  return accounts.has(`${namespaceOf(manifest)}/${account}`)
    ? { level: "pass", title, detail: `account ${account}` }
    : { level: "fail", title, detail: `account ${account} is not made here` };
}

function placeOf(entry: Manifest): string {
  return `${namespaceOf(entry)}/${entry.metadata.name}`;
}

function roleFinding(entry: Manifest): Finding {
  const result = role.safeParse(entry);
  if (!result.success) return { level: "unknown", title: nameOf(entry), detail: "has no readable rules" };
  const { rules } = result.data;
  const fault = rules.map(ruleFault).find((found) => found !== null) ?? null;
  return { level: fault === null ? "pass" : "fail", title: nameOf(entry), detail: fault };
}

function ruleFault({ verbs, resources }: Rule): string | null {
  const all = verbs.includes("*") || ALL_VERBS.every((verb) => verbs.includes(verb));
  if (all && resources.includes("*")) return "allows everything";
  if (all && resources.includes("secrets")) return "allows everything on secrets";
  const escalating = verbs.find((verb) => ESCALATING.includes(verb));
  return escalating === undefined ? null : `lets its holders ${escalating}`;
}

function bindingFinding(entry: Manifest): readonly Finding[] {
  const result = binding.safeParse(entry);
  if (!result.success) return [{ level: "unknown", title: nameOf(entry), detail: "has no roleRef" }];
  const { roleRef, subjects } = result.data;
  const anybody = subjects.find(({ name }) => ANYBODY.includes(name));
  const title = nameOf(entry);
  if (roleRef.name === "cluster-admin") return [{ level: "fail", title, detail: "binds to cluster-admin" }];
  return anybody === undefined
    ? []
    : [{ level: "fail", title, detail: `binds ${anybody.name} to ${roleRef.name}` }];
}
