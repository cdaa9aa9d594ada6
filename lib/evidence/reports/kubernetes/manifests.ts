import { z } from "zod";
import { Unreadable } from "../../unreadable.ts";
import { readYaml } from "../yaml-documents.ts";
import { withoutNulls } from "./without-nulls.ts";

export const labels = z.record(z.string(), z.coerce.string()).default({});
const metadata = z.looseObject({ name: z.string().min(1), namespace: z.string().optional(), labels });
const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });
const list = z.object({ kind: z.string().endsWith("List"), items: z.array(z.unknown()) });

export type Manifest = z.infer<typeof manifest>;

const WHAT = "Kubernetes manifests";

/** The objects of a stream of manifests, lists unfolded. */
export function readManifests(text: string): readonly Manifest[] {
  const manifests = readYaml(text, WHAT)
    .map((value) => withoutNulls(value, WHAT))
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

// The reader bounds how deep a document is, and with it how often this calls itself.
function unfold(value: unknown): readonly unknown[] {
  const result = list.safeParse(value);
  return result.success ? result.data.items.flatMap(unfold) : [value];
}
