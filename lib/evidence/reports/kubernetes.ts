import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { judgeAutoscaling } from "./kubernetes/autoscaling.ts";
import { judgeConfig } from "./kubernetes/config.ts";
import { judgeDisruptionBudgets } from "./kubernetes/disruption-budgets.ts";
import { readManifests, withoutSecrets, type Manifest } from "./kubernetes/manifests.ts";
import { judgeNamespaces } from "./kubernetes/namespaces.ts";
import { judgeNetworkPolicies } from "./kubernetes/network-policies.ts";
import { judgeNonRoot } from "./kubernetes/non-root.ts";
import { judgeRbac } from "./kubernetes/rbac.ts";
import { judgeWorkloads } from "./kubernetes/workloads.ts";
import { writeYaml } from "./yaml-documents.ts";

const JUDGES = {
  namespaces: judgeNamespaces,
  config: judgeConfig,
  workloads: judgeWorkloads,
  hpa: judgeAutoscaling,
  "disruption-budgets": judgeDisruptionBudgets,
  "network-policies": judgeNetworkPolicies,
  rbac: judgeRbac,
  "non-root": judgeNonRoot,
} as const satisfies Readonly<Record<string, (manifests: readonly Manifest[]) => readonly Finding[]>>;

const check = z.enum([
  "namespaces",
  "config",
  "workloads",
  "hpa",
  "disruption-budgets",
  "network-policies",
  "rbac",
  "non-root",
]);

/** Kubernetes manifests as they are applied, all in one stream: one question for each item of the list. */
export const kubernetes = defineReport({
  key: "kubernetes",
  title: "Kubernetes manifests",
  source: "kubectl kustomize, helm template, or kubectl get -o yaml",
  parameters: z.object({ check }),
  parse: readManifests,
  keep: (manifests) => writeYaml(withoutSecrets(manifests)),
  evaluate: (manifests, parameters) => {
    const findings = JUDGES[parameters.check](manifests);
    if (findings.length === 0)
      return checkResult("unknown", "The manifests hold nothing that this question is about");
    const failed = findings.filter(({ level }) => level === "fail").length;
    const summary =
      failed === 0 ? `${findings.length} looked at, none fails` : `${failed} of ${findings.length} fail`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});
