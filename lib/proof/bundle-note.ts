import { createHash } from "node:crypto";
import type { SigningKey, VerifierKey } from "./note-keys.ts";
import { openNote, signNote } from "./signed-note.ts";
import { BUNDLE_FORMAT } from "./bundle-manifest.ts";

/** What the installation signs of a bundle: the record and the manifest's digest. */
function noteText(deployment: string, manifest: Buffer): string {
  return `${BUNDLE_FORMAT}\n${deployment}\nsha256 ${createHash("sha256").update(manifest).digest("hex")}\n`;
}

export function signManifest(deployment: string, manifest: Buffer, key: SigningKey): string {
  return signNote(noteText(deployment, manifest), key);
}

/** Whether the note is the key's signature over exactly this manifest. */
export function isManifestSigned(
  deployment: string,
  manifest: Buffer,
  note: string,
  key: VerifierKey,
): boolean {
  return openNote(note, key) === noteText(deployment, manifest);
}
