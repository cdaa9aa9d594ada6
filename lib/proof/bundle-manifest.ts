import * as z from "zod/mini";
import { canonicalText } from "./canonical-json.ts";
import { isUnwieldy } from "./unwieldy-json.ts";
import { UnreadableBundle } from "./zip-entries.ts";
import { strictText } from "./strict-text.ts";

// What a bundle's manifest holds, as docs/bundle-format.md describes it to others.

export const BUNDLE_FORMAT = "countersign/bundle/1";
export const MANIFEST = "manifest.json";
export const SIGNATURE = "manifest.sig";
export const MANIFEST_BYTES = 64 * 1024 * 1024;
export const SIGNATURE_BYTES = 4 * 1024;
export const FILE_BYTES = 64 * 1024 * 1024;

const uuid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const count = z.int().check(z.nonnegative());

/** An event as its hash covers it, and its place in the log. */
const event = z.strictObject({
  seq: count,
  body: z.string(),
  hash,
  leaf: count,
  /** From the leaf up to the checkpoint's root. */
  proof: listOf(hash).check(z.maxLength(64)),
});

const manifest = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  deployment: uuid,
  /** The installation's key, as `name+id+key`. */
  key: z.string().check(z.maxLength(300)),
  /** A signed head of the log that covers every event here. */
  checkpoint: z.string().check(z.maxLength(SIGNATURE_BYTES)),
  head: z.strictObject({ seq: count, hash }),
  events: listOf(event).check(z.minLength(1)),
  /** The very text of each content that a signature in the events names by its digest. */
  signed: listOf(z.strictObject({ digest: hash, text: z.string() })),
  /** The event that tells of the removal of this record's content, where it was removed. */
  stone: z.optional(event),
  files: listOf(z.strictObject({ path: z.string().check(z.regex(/^files\/[0-9a-f-]{36}$/)), sha256: hash })),
});

/** A list that ends with the first entry that does not fit: zod's own gathers what is wrong with millions. */
function listOf<T>(entry: z.ZodMiniType<T>) {
  return z.custom<T[]>(
    (value) => Array.isArray(value) && value.every((each) => entry.safeParse(each).success),
  );
}

export type BundleManifest = z.infer<typeof manifest>;
export type BundledEvent = BundleManifest["events"][number];

/** Reads a manifest. Rejects with `UnreadableBundle` what is not canonical JSON of exactly this shape. */
export function parseManifest(bytes: Buffer): BundleManifest {
  const result = manifest.safeParse(canonicalValue(bytes));
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join(".") ?? "";
  throw new UnreadableBundle(`${MANIFEST} is not that of a bundle${path === "" ? "" : ` at ${path}`}`);
}

function canonicalValue(bytes: Buffer): unknown {
  const text = strictText(bytes);
  if (text === null) throw new UnreadableBundle(`${MANIFEST} is no text`);
  if (isUnwieldy(text)) throw new UnreadableBundle(`${MANIFEST} is deeper or longer than any bundle's`);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && canonicalText(value) === text) return value;
  } catch {
    // Said below.
  }
  throw new UnreadableBundle(`${MANIFEST} is no JSON in canonical form`);
}
