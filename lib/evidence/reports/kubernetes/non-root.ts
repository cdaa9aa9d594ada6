import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, type Manifest } from "./manifests.ts";
import { podsOf, type Container, type PodSpec } from "./pods.ts";

/** Lets a process that is not root listen on a low port. */
const HARMLESS_CAPABILITY = "NET_BIND_SERVICE";

/** No container may run as root, gain privileges or be privileged; a container overrules its pod. */
export function judgeNonRoot(manifests: readonly Manifest[]): readonly Finding[] {
  return podsOf(manifests).flatMap(({ manifest, pod }) =>
    [...pod.initContainers, ...pod.containers, ...pod.ephemeralContainers].map((container): Finding => {
      const faults = faultsOf(pod, container);
      const title = `${nameOf(manifest)}, container ${container.name}`;
      return { level: faults.length === 0 ? "pass" : "fail", title, detail: faults.join(", ") || null };
    }),
  );
}

function faultsOf(pod: PodSpec, { securityContext: own }: Container): readonly string[] {
  const { runAsNonRoot, runAsUser } = { ...pod.securityContext, ...own };
  const added = (own.capabilities?.add ?? []).filter((name) => name !== HARMLESS_CAPABILITY);
  return [
    ...(runAsNonRoot === true ? [] : ["runAsNonRoot is not set"]),
    ...(runAsUser === 0 ? ["runAsUser is 0"] : []),
    ...(own.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation is not false"]),
    ...(own.privileged === true ? ["it is privileged"] : []),
    ...(pod.hostNetwork || pod.hostPID || pod.hostIPC ? ["its pod shares the host's namespaces"] : []),
    ...added.map((name) => `it adds ${name}`),
  ];
}
