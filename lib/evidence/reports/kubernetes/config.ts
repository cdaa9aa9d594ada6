import type { Finding } from "#lib/domain/check-result.ts";
import {
  nameOf,
  namespaceOf,
  ofKind,
  workloadsOf,
  type Container,
  type Manifest,
  type Workload,
} from "./manifests.ts";

type Reference = { readonly kind: "ConfigMap" | "Secret"; readonly name: string; readonly optional: boolean };

const SECRET_SOURCES = ["Secret", "ExternalSecret", "SealedSecret"];

/** Every ConfigMap and Secret that a workload uses is there. */
export function judgeConfig(manifests: readonly Manifest[]): readonly Finding[] {
  return workloadsOf(manifests).flatMap((workload) =>
    referencesOf(workload)
      .filter(({ optional }) => !optional)
      .map((reference): Finding => {
        const found = exists(manifests, reference, namespaceOf(workload.manifest));
        const title = `${nameOf(workload.manifest)} uses ${reference.kind} ${reference.name}`;
        return {
          level: found ? "pass" : "fail",
          title,
          detail: found ? null : "which the manifests do not make",
        };
      }),
  );
}

function exists(manifests: readonly Manifest[], { kind, name }: Reference, namespace: string): boolean {
  const kinds = kind === "Secret" ? SECRET_SOURCES : [kind];
  return ofKind(manifests, ...kinds).some(
    (entry) => entry.metadata.name === name && namespaceOf(entry) === namespace,
  );
}

function referencesOf({ pod }: Workload): readonly Reference[] {
  const containers = [...pod.initContainers, ...pod.containers];
  const volumes = pod.volumes.flatMap(({ configMap, secret }): readonly Reference[] => [
    ...(configMap === undefined ? [] : [{ kind: "ConfigMap" as const, ...configMap }]),
    ...(secret === undefined
      ? []
      : [{ kind: "Secret" as const, name: secret.secretName, optional: secret.optional }]),
  ]);
  return [...containers.flatMap(environmentOf), ...volumes];
}

function environmentOf({ env, envFrom }: Container): readonly Reference[] {
  const maps = [
    ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef),
    ...envFrom.map(({ configMapRef }) => configMapRef),
  ];
  const secrets = [
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef),
    ...envFrom.map(({ secretRef }) => secretRef),
  ];
  return [
    ...maps.flatMap((found): readonly Reference[] =>
      found === undefined ? [] : [{ kind: "ConfigMap", ...found }],
    ),
    ...secrets.flatMap((found): readonly Reference[] =>
      found === undefined ? [] : [{ kind: "Secret", ...found }],
    ),
  ];
}
