import { z } from "zod";
import type { Finding } from "#lib/domain/check-result.ts";
import { nameOf, namespaceOf, ofKind, specOf, type Manifest } from "./manifests.ts";
import { workloadsOf, type Workload } from "./pods.ts";
import { hasLabels, type Labels } from "./selectors.ts";

const service = z.object({ selector: z.record(z.string(), z.string()).default({}) });
const backend = z.object({ service: z.object({ name: z.string() }).optional() });
const ingress = z.object({
  defaultBackend: backend.optional(),
  rules: z
    .array(z.object({ http: z.object({ paths: z.array(z.object({ backend })) }).optional() }))
    .default([]),
});

type Services = ReadonlyMap<
  string,
  { readonly names: ReadonlySet<string>; readonly selectors: readonly Labels[] }
>;

/** Each workload is reachable, probed and asks for resources; each Ingress leads to a Service that is there. */
export function judgeWorkloads(manifests: readonly Manifest[]): readonly Finding[] {
  const workloads = workloadsOf(manifests);
  if (workloads.length === 0) return [];
  const services = servicesOf(manifests);
  return [
    ...workloads.flatMap((workload) => [serviceFinding(services, workload), ...containerFindings(workload)]),
    ...ofKind(manifests, "Ingress").flatMap((entry) => ingressFindings(services, entry)),
  ];
}

function servicesOf(manifests: readonly Manifest[]): Services {
  const groups = Map.groupBy(ofKind(manifests, "Service"), namespaceOf);
  return new Map(
    [...groups].map(([namespace, entries]) => [
      namespace,
      {
        names: new Set(entries.map(({ metadata }) => metadata.name)),
        selectors: entries
          .map((entry) => specOf(entry, service).selector)
          .filter((selector) => Object.keys(selector).length > 0),
      },
    ]),
  );
}

function serviceFinding(services: Services, { manifest, labels }: Workload): Finding {
  const { selectors = [] } = services.get(namespaceOf(manifest)) ?? {};
  const found = selectors.some((selector) => hasLabels(selector, labels));
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
      ...(isProbe(container.readinessProbe) ? [] : ["a readiness probe"]),
      ...(isProbe(container.livenessProbe) ? [] : ["a liveness probe"]),
      ...(Object.keys(container.resources.requests).length > 0 ? [] : ["resource requests"]),
    ];
    const title = `${nameOf(manifest)}, container ${container.name}`;
    return {
      level: missing.length === 0 ? "pass" : "fail",
      title,
      detail: missing.length === 0 ? null : `lacks ${missing.join(", ")}`,
    };
  });
}

// A probe without a way to ask is none; its periods alone ask nothing.
function isProbe(probe: Readonly<Record<string, unknown>>): boolean {
  return ["httpGet", "tcpSocket", "exec", "grpc"].some((way) => Object.hasOwn(probe, way));
}

function ingressFindings(services: Services, entry: Manifest): readonly Finding[] {
  const { defaultBackend, rules } = specOf(entry, ingress);
  const backends = [
    ...(defaultBackend === undefined ? [] : [defaultBackend]),
    ...rules.flatMap(({ http }) => http?.paths.map((path) => path.backend) ?? []),
  ];
  const { names } = services.get(namespaceOf(entry)) ?? {};
  return backends.flatMap(({ service: target }): readonly Finding[] => {
    if (target === undefined) return [];
    const found = names?.has(target.name) === true;
    return [
      {
        level: found ? "pass" : "fail",
        title: `${nameOf(entry)} leads to Service ${target.name}`,
        detail: found ? null : "which the manifests do not make",
      },
    ];
  });
}
