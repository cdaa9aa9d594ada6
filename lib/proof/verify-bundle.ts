import { inclusionFlaw, openEvents } from "./bundle-events.ts";
import { filesFlaw } from "./bundle-files.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import {
  FILE_BYTES,
  MANIFEST,
  MANIFEST_BYTES,
  parseManifest,
  SIGNATURE,
  SIGNATURE_BYTES,
  type BundleManifest,
} from "./bundle-manifest.ts";
import { isManifestSigned } from "./bundle-note.ts";
import { signatureFlaw } from "./bundle-signatures.ts";
import { signedContents } from "./signed-contents.ts";
import { signedDetailsFlaw } from "./signed-details.ts";
import { openShells, openStone, type OpenedStone } from "./bundle-stone.ts";
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { fingerprintOf, parseVerifierKey, type VerifierKey } from "./note-keys.ts";
import { entryBytes, UnreadableBundle, zipEntries, type ReadAt, type ZipEntry } from "./zip-entries.ts";
import { strictText } from "./strict-text.ts";

/** Whose key it must be: that of this text, or with this fingerprint; null takes the bundle's own word. */
export type Pin = { readonly key: string } | { readonly fingerprint: string } | null;

export type WholeBundle = {
  readonly manifest: BundleManifest;
  readonly key: VerifierKey;
  readonly checkpoint: Checkpoint;
  readonly events: readonly OpenedEvent[];
  /** What tells of the removal, where retention has removed the record's content; null for any other. */
  readonly removed: OpenedStone | null;
};

export type BundleVerdict =
  | ({ readonly verdict: "whole"; readonly head: string } & WholeBundle)
  | ({ readonly verdict: "broken"; readonly head: string } & BundleFlaw)
  | { readonly verdict: "unreadable"; readonly message: string };

/**
 * Checks a bundle with nothing but itself and, where given, a key known from elsewhere. Names the
 * first flaw in the order of docs/bundle-format.md; reads at most one entry of the file at a time.
 */
export function verifyBundle(read: ReadAt, size: number, pin: Pin): BundleVerdict {
  try {
    return judge(read, size, pin);
  } catch (error) {
    if (error instanceof UnreadableBundle) return { verdict: "unreadable", message: error.message };
    throw error;
  }
}

function judge(read: ReadAt, size: number, pin: Pin): BundleVerdict {
  const entries = zipEntries(read, size);
  const [first, second, ...files] = inOrder(entries);
  const bytes = entryBytes(read, first, MANIFEST_BYTES);
  const note = strictText(entryBytes(read, second, SIGNATURE_BYTES));
  const manifest = parseManifest(bytes);
  const broken = (flaw: BundleFlaw) => ({ verdict: "broken" as const, head: manifest.head.hash, ...flaw });
  const key = parseVerifierKey(manifest.key);
  if (key === null) return broken(whole("key", "its key cannot be read"));
  if (!isPinned(key, pin)) return broken(whole("key", "it names another key than the one that you gave"));
  const { stone } = manifest;
  const events = stone === undefined ? openEvents(manifest) : openShells(manifest, stone);
  if ("code" in events) return broken(events);
  const checkpoint = openCheckpoint(manifest.checkpoint, key);
  if (checkpoint === null) return broken(whole("checkpoint", "its checkpoint is not signed by its key"));
  const outsider = inclusionFlaw(manifest, checkpoint);
  if (outsider !== null) return broken(outsider);
  const removed = stone === undefined ? null : openStone(manifest, stone, checkpoint);
  if (removed !== null && "code" in removed) return broken(removed);
  // What a removal left tells of no signature's content and of no file.
  const told = removed === null ? events : [];
  const contents = signedContents(manifest.signed);
  const flaw =
    signatureFlaw(manifest, contents, told) ??
    signedDetailsFlaw(contents, told) ??
    filesFlaw(read, files, manifest, told);
  if (flaw !== null) return broken(flaw);
  if (note === null || !isManifestSigned(manifest.deployment, bytes, note, key))
    return broken(whole("signature", "its manifest is not the one that its key has signed"));
  return { verdict: "whole", head: manifest.head.hash, manifest, key, checkpoint, events, removed };
}

// The manifest, its signature, then the files by name, each once, stored as it is and none too large.
function inOrder([first, second, ...files]: readonly ZipEntry[]): readonly [
  ZipEntry,
  ZipEntry,
  ...(readonly ZipEntry[]),
] {
  const isOrdered = files.every(
    ({ name, isDeflated, bytes }, index) =>
      !isDeflated && bytes <= FILE_BYTES && (index === 0 || name > (files[index - 1]?.name ?? "")),
  );
  if (first?.name !== MANIFEST || second?.name !== SIGNATURE || second.isDeflated || !isOrdered)
    throw new UnreadableBundle(
      "its entries are not those of a bundle, each once, in order and none too large",
    );
  return [first, second, ...files];
}

function isPinned(key: VerifierKey, pin: Pin): boolean {
  if (pin === null) return true;
  return "key" in pin ? key.text === pin.key : fingerprintOf(key) === pin.fingerprint;
}

function whole(code: BundleFlaw["code"], message: string): BundleFlaw {
  return { code, seq: null, message };
}
