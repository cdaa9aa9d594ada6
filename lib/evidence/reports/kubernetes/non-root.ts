import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, workloadsOf, type Container, type Manifest, type PodSpec } from "./manifests.ts";

/** No container may run as root, gain privileges or be privileged; a container overrules its pod. */
export function judgeNonRoot(manifests: readonly Manifest[]): readonly Finding[] {
  return workloadsOf(manifests).flatMap(({ manifest, pod }) =>
    [...pod.initContainers, ...pod.containers].map((container): Finding => {
      const faults = faultsOf(pod, container);
      const title = `${nameOf(manifest)}, container ${container.name}`;
      return { level: faults.length === 0 ? "pass" : "fail", title, detail: faults.join(", ") || null };
    }),
  );
}

function faultsOf(pod: PodSpec, { securityContext: own }: Container): readonly string[] {
  const { runAsNonRoot, runAsUser } = { ...pod.securityContext, ...own };
  return [
    ...(runAsNonRoot === true ? [] : ["runAsNonRoot is not set"]),
    ...(runAsUser === 0 ? ["runAsUser is 0"] : []),
    ...(own.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation is not false"]),
    ...(own.privileged === true ? ["it is privileged"] : []),
  ];
}
