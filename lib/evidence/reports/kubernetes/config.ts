import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, type Manifest } from "./manifests.ts";
import { podsOf, type Container, type PodSpec } from "./pods.ts";

type Reference = { readonly kind: "ConfigMap" | "Secret"; readonly name: string; readonly optional: boolean };
type Named = { readonly name: string; readonly optional: boolean } | undefined;

/** Every ConfigMap and Secret that a pod uses is there, or something that makes it. */
export function judgeConfig(manifests: readonly Manifest[]): readonly Finding[] {
  const made = {
    ConfigMap: placesOf(manifests, "ConfigMap"),
    Secret: placesOf(manifests, "Secret", "ExternalSecret", "SealedSecret"),
  };
  return podsOf(manifests).flatMap(({ manifest, pod }) =>
    referencesOf(pod)
      .filter(({ optional }) => !optional)
      .map(({ kind, name }): Finding => {
        const found = made[kind].has(`${namespaceOf(manifest)}/${name}`);
        return {
          level: found ? "pass" : "fail",
          title: `${nameOf(manifest)} uses ${kind} ${name}`,
          detail: found ? null : "which the manifests do not make",
        };
      }),
  );
}

function placesOf(manifests: readonly Manifest[], ...kinds: readonly string[]): ReadonlySet<string> {
  return new Set(ofKind(manifests, ...kinds).map((entry) => `${namespaceOf(entry)}/${entry.metadata.name}`));
}

function referencesOf(pod: PodSpec): readonly Reference[] {
  const containers = [...pod.initContainers, ...pod.containers, ...pod.ephemeralContainers];
  const volumes = pod.volumes.flatMap(({ configMap, secret, projected }) => [
    ...reference("ConfigMap", configMap),
    ...reference("Secret", secret && { name: secret.secretName, optional: secret.optional }),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...reference("ConfigMap", source.configMap),
      ...reference("Secret", source.secret),
    ]),
  ]);
  return [...containers.flatMap(environmentOf), ...volumes];
}

function environmentOf({ env, envFrom }: Container): readonly Reference[] {
  return [
    ...env.flatMap(({ valueFrom }) => [
      ...reference("ConfigMap", valueFrom?.configMapKeyRef),
      ...reference("Secret", valueFrom?.secretKeyRef),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...reference("ConfigMap", configMapRef),
      ...reference("Secret", secretRef),
    ]),
  ];
}

function reference(kind: Reference["kind"], named: Named): readonly Reference[] {
  return named === undefined ? [] : [{ kind, ...named }];
}
