import { z } from "zod";
import { labels, ofKind, specOf, type Manifest } from "./manifests.ts";
import type { Labels } from "./selectors.ts";

const ref = z.object({ name: z.string(), optional: z.boolean().default(false) });
const environment = z.object({
  valueFrom: z.object({ configMapKeyRef: ref.optional(), secretKeyRef: ref.optional() }).optional(),
});
const securityContext = z
  .object({
    runAsNonRoot: z.boolean().optional(),
    runAsUser: z.int().optional(),
    allowPrivilegeEscalation: z.boolean().optional(),
    privileged: z.boolean().optional(),
    capabilities: z.object({ add: z.array(z.string()).default([]) }).optional(),
  })
  .default({});
const container = z.object({
  name: z.string(),
  env: z.array(environment).default([]),
  envFrom: z.array(z.object({ configMapRef: ref.optional(), secretRef: ref.optional() })).default([]),
  readinessProbe: z.looseObject({}).default({}),
  livenessProbe: z.looseObject({}).default({}),
  resources: z.object({ requests: z.looseObject({}).default({}) }).default({ requests: {} }),
  securityContext,
});
const volume = z.object({
  configMap: ref.optional(),
  secret: z.object({ secretName: z.string(), optional: z.boolean().default(false) }).optional(),
  projected: z
    .object({
      sources: z.array(z.object({ configMap: ref.optional(), secret: ref.optional() })).default([]),
    })
    .optional(),
});
const podSpec = z.object({
  containers: z.array(container).min(1),
  initContainers: z.array(container).default([]),
  ephemeralContainers: z.array(container).default([]),
  hostNetwork: z.boolean().default(false),
  hostPID: z.boolean().default(false),
  hostIPC: z.boolean().default(false),
  volumes: z.array(volume).default([]),
  serviceAccountName: z.string().optional(),
  securityContext,
});
const template = z.object({ metadata: z.object({ labels }).default({ labels: {} }), spec: podSpec });
const cronJob = z.object({ jobTemplate: z.object({ spec: z.object({ template }) }) });
const workload = z.object({ replicas: z.int().min(0).default(1), template });

export type PodSpec = z.infer<typeof podSpec>;
export type Container = z.infer<typeof container>;
export type Workload = {
  readonly manifest: Manifest;
  readonly replicas: number;
  readonly labels: Labels;
  readonly pod: PodSpec;
};

/** Deployments, StatefulSets and DaemonSets with their pods. */
export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return ofKind(manifests, "Deployment", "StatefulSet", "DaemonSet").map((manifest) => {
    const { replicas, template: pods } = specOf(manifest, workload);
    return { manifest, replicas, labels: pods.metadata.labels, pod: pods.spec };
  });
}

/** The pods of everything that runs, what runs once or by the clock among it. */
export function podsOf(manifests: readonly Manifest[]): readonly Pick<Workload, "manifest" | "pod">[] {
  return [
    ...workloadsOf(manifests),
    ...ofKind(manifests, "Pod").map((manifest) => ({ manifest, pod: specOf(manifest, podSpec) })),
    ...ofKind(manifests, "Job", "ReplicaSet", "ReplicationController").map((manifest) => ({
      manifest,
      pod: specOf(manifest, workload).template.spec,
    })),
    ...ofKind(manifests, "CronJob").map((manifest) => ({
      manifest,
      pod: specOf(manifest, cronJob).jobTemplate.spec.template.spec,
    })),
  ];
}
