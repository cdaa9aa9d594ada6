import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import {
  nameOf,
  namespaceOf,
  ofKind,
  selects,
  specOf,
  workloadsOf,
  type Manifest,
  type Workload,
} from "./manifests.ts";

const service = z.object({ selector: z.record(z.string(), z.string()).default({}) });
const backend = z.object({ service: z.object({ name: z.string() }).optional() });
const ingress = z.object({
  defaultBackend: backend.optional(),
  rules: z
    .array(z.object({ http: z.object({ paths: z.array(z.object({ backend })) }).optional() }))
    .default([]),
});

/** Each workload is reachable, probed and asks for resources; each Ingress leads to a Service that is there. */
export function judgeWorkloads(manifests: readonly Manifest[]): readonly Finding[] {
  const workloads = workloadsOf(manifests);
  if (workloads.length === 0) return [];
  return [
    ...workloads.flatMap((workload) => [serviceFinding(manifests, workload), ...containerFindings(workload)]),
    ...ofKind(manifests, "Ingress").flatMap((entry) => ingressFindings(manifests, entry)),
  ];
}

function serviceFinding(manifests: readonly Manifest[], { manifest, labels }: Workload): Finding {
  const found = ofKind(manifests, "Service").some((entry) => {
    const { selector } = specOf(entry, service);
    return (
      Object.keys(selector).length > 0 &&
      namespaceOf(entry) === namespaceOf(manifest) &&
      selects(selector, labels)
    );
  });
  // A worker that nobody calls has no Service; whether it should have one a person knows.
  return {
    level: found ? "pass" : "info",
    title: nameOf(manifest),
    detail: found ? "has a Service" : "no Service selects it",
  };
}

function containerFindings({ manifest, pod }: Workload): readonly Finding[] {
  return pod.containers.map((container): Finding => {
    const missing = [
      ...(container.readinessProbe === undefined ? ["a readiness probe"] : []),
      ...(container.livenessProbe === undefined ? ["a liveness probe"] : []),
      ...(container.resources.requests === undefined ? ["resource requests"] : []),
    ];
    const title = `${nameOf(manifest)}, container ${container.name}`;
    return {
      level: missing.length === 0 ? "pass" : "fail",
      title,
      detail: missing.length === 0 ? null : `lacks ${missing.join(", ")}`,
    };
  });
}

function ingressFindings(manifests: readonly Manifest[], entry: Manifest): readonly Finding[] {
  const { defaultBackend, rules } = specOf(entry, ingress);
  const backends = [
    ...(defaultBackend === undefined ? [] : [defaultBackend]),
    ...rules.flatMap(({ http }) => http?.paths.map((path) => path.backend) ?? []),
  ];
  return backends.flatMap(({ service: target }): readonly Finding[] => {
    if (target === undefined) return [];
    const found = ofKind(manifests, "Service").some(
      (candidate) => candidate.metadata.name === target.name && namespaceOf(candidate) === namespaceOf(entry),
    );
    return [
      {
        level: found ? "pass" : "fail",
        title: `${nameOf(entry)} leads to Service ${target.name}`,
        detail: found ? null : "which the manifests do not make",
      },
    ];
  });
}
