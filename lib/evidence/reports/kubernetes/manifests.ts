import { z } from "zod";
import { Unreadable } from "../../unreadable.ts";
import { readYaml } from "../yaml-documents.ts";

const labels = z.record(z.string(), z.coerce.string()).default({});
const metadata = z.looseObject({ name: z.string().min(1), namespace: z.string().optional(), labels });
const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });
const list = z.object({ kind: z.string().endsWith("List"), items: z.array(z.unknown()) });

export type Manifest = z.infer<typeof manifest>;

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
    capabilities: z.object({ add: z.array(z.string()).nullish() }).nullish(),
  })
  .default({});
const container = z.object({
  name: z.string(),
  env: z.array(environment).default([]),
  envFrom: z.array(z.object({ configMapRef: ref.optional(), secretRef: ref.optional() })).default([]),
  readinessProbe: z.looseObject({}).optional(),
  livenessProbe: z.looseObject({}).optional(),
  resources: z.object({ requests: z.looseObject({}).optional() }).default({}),
  securityContext,
});
const volume = z.object({
  configMap: z.object({ name: z.string(), optional: z.boolean().default(false) }).optional(),
  secret: z.object({ secretName: z.string(), optional: z.boolean().default(false) }).optional(),
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
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: PodSpec;
};

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet"];
const WHAT = "Kubernetes manifests";

/** The objects of a stream of manifests, lists unfolded. */
export function readManifests(text: string): readonly Manifest[] {
  const manifests = readYaml(text, WHAT)
    .flatMap(unfold)
    .map((value) => {
      const result = manifest.safeParse(value);
      if (!result.success)
        throw new Unreadable(`Not ${WHAT}: an object lacks apiVersion, kind or metadata.name`);
      return result.data;
    });
  if (manifests.length === 0) throw new Unreadable(`Not ${WHAT}: there is no object`);
  return manifests;
}

/** The manifests as they may be kept: with the names of a Secret's entries, without their values. */
export function withoutSecrets(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.map((entry) => {
    if (entry.kind !== "Secret") return entry;
    const {
      data,
      stringData,
      metadata: { name, namespace, labels: kept },
      ...rest
    } = entry;
    const hidden = Object.fromEntries(
      [data, stringData].flatMap((values) => Object.keys(values ?? {}).map((key) => [key, "(not kept)"])),
    );
    return { ...rest, metadata: { name, namespace, labels: kept }, stringData: hidden };
  });
}

export function ofKind(manifests: readonly Manifest[], ...kinds: readonly string[]): readonly Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

/** Deployments, StatefulSets and DaemonSets with their pods. */
export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return ofKind(manifests, ...WORKLOADS).map((entry) => {
    const { replicas, template: pods } = specOf(entry, workload);
    return { manifest: entry, replicas, labels: pods.metadata.labels, pod: pods.spec };
  });
}

/** The pods of everything that runs, what runs once or by the clock among it. */
export function podsOf(manifests: readonly Manifest[]): readonly Pick<Workload, "manifest" | "pod">[] {
  return [
    ...workloadsOf(manifests),
    ...ofKind(manifests, "Pod").map((manifest) => ({ manifest, pod: specOf(manifest, podSpec) })),
    ...ofKind(manifests, "Job", "ReplicaSet").map((manifest) => ({
      manifest,
      pod: specOf(manifest, workload).template.spec,
    })),
    ...ofKind(manifests, "CronJob").map((manifest) => ({
      manifest,
      pod: specOf(manifest, cronJob).jobTemplate.spec.template.spec,
    })),
  ];
}

/** An object's spec as its schema reads it. Throws `Unreadable`, naming the object. */
export function specOf<T>(entry: Manifest, schema: z.ZodType<T>): T {
  const result = schema.safeParse(entry["spec"] ?? {});
  if (result.success) return result.data;
  throw new Unreadable(
    `${nameOf(entry)} has no readable spec (${result.error.issues[0]?.path.join(".") ?? ""})`,
  );
}

export function namespaceOf({ metadata: { namespace } }: Manifest): string {
  return namespace ?? "default";
}

/** `Deployment payments/api`, as findings name an object. */
export function nameOf(entry: Manifest): string {
  return `${entry.kind} ${namespaceOf(entry)}/${entry.metadata.name}`;
}

/** Whether a selector's labels are all among a pod's. An empty selector selects every pod. */
export function selects(
  selector: Readonly<Record<string, string>>,
  pod: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => pod[key] === value);
}

// The reader bounds how deep a document is, and with it how often this calls itself.
function unfold(value: unknown): readonly unknown[] {
  const result = list.safeParse(value);
  return result.success ? result.data.items.flatMap(unfold) : [value];
}
