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
      const ok = namespace !== undefined && declared.has(namespace);
      return {
        level: ok ? "pass" : "fail",
        title: nameOf(entry),
        detail: ok
          ? null
          : namespace === undefined
            ? "names no namespace"
            : `namespace ${namespace} is not made here`,
      };
    });
}
