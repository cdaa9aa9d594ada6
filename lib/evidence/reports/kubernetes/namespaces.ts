import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, ofKind, type Manifest } from "./manifests.ts";

const CLUSTER_WIDE =
  /^(Namespace|Node|PersistentVolume|StorageClass|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|PriorityClass|IngressClass|GatewayClass|RuntimeClass|APIService|.*WebhookConfiguration)$/;

/** Every object stands in a namespace that the manifests make. */
export function judgeNamespaces(manifests: readonly Manifest[]): readonly Finding[] {
  const declared = new Set(ofKind(manifests, "Namespace").map(({ metadata }) => metadata.name));
  if (declared.size === 0) return [];
  return manifests
    .filter(({ kind }) => !CLUSTER_WIDE.test(kind))
    .map((entry): Finding => {
      const namespace = entry.metadata.namespace;
      const title = nameOf(entry);
      if (namespace === undefined) return { level: "fail", title, detail: "names no namespace" };
      if (declared.has(namespace)) return { level: "pass", title, detail: null };
      return { level: "fail", title, detail: `namespace ${namespace} is not made here` };
    });
}
