import { signManifest } from "#lib/proof/bundle-note.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import type { SigningKey } from "#lib/proof/note-keys.ts";
import { writeBundle } from "#lib/proof/write-bundle.ts";
import type { PaperInstallation, PaperRecord, Parts } from "./paper-installation.ts";
import type { Random } from "./random.ts";

export type Scene = {
  readonly installation: PaperInstallation;
  readonly record: PaperRecord;
  readonly parts: Parts;
  readonly random: Random;
};

/** The bytes of a bundle, signed by `key`, or with the text and signature that are given. */
export async function assemble(
  { manifest, files, key }: Parts,
  { text = canonicalText(manifest), signed = text, signedBy = key }: Partial<Written> = {},
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const note = signManifest(manifest.deployment, Buffer.from(signed), signedBy);
  const contents = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const written = writeBundle(
    Buffer.from(text),
    note,
    contents.map(([path, content]) => ({ path, content: [content] })),
  );
  for await (const chunk of written) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Written = {
  readonly text: string | Buffer;
  readonly signed: string | Buffer;
  readonly signedBy: SigningKey;
};

export type Mutation = (scene: Scene) => Promise<Buffer> | Buffer;

/** No event's hash. */
export const NO_HASH = "0".repeat(64);

/** The signature over `parts` as they are, for a bundle that says something else. */
export function signedAs(parts: Parts): Partial<Written> {
  return { signed: canonicalText(parts.manifest) };
}
