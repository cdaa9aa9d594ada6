import { createHash } from "node:crypto";
import { field, textIn } from "./any-json.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import { FILE_BYTES, type BundleManifest } from "./bundle-manifest.ts";
import { entryBytes, type ReadAt, type ZipEntry } from "./zip-entries.ts";

/** The first file that an event names and that is not there as it was then, or that no event names. */
export function filesFlaw(
  read: ReadAt,
  entries: readonly ZipEntry[],
  { files }: BundleManifest,
  events: readonly OpenedEvent[],
): BundleFlaw | null {
  const listed = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const present = new Map(entries.map((entry) => [entry.name, entry]));
  const found = new Set<string>();
  for (const event of events) {
    const named = fileNamed(event);
    if (named === null) continue;
    const file = fileOf(named);
    if (file === null)
      return { code: "file", seq: event.seq, message: "it does not say which file it is about" };
    const flaw = (what: string): BundleFlaw => ({
      code: "file",
      seq: event.seq,
      message: `the file “${file.name}” ${what}`,
    });
    const entry = present.get(file.path);
    if (entry === undefined || !listed.has(file.path)) return flaw("is missing");
    const digest = createHash("sha256")
      .update(entryBytes(read, entry, FILE_BYTES))
      .digest("hex");
    if (digest !== file.sha256 || listed.get(file.path) !== digest)
      return flaw("is not the one that was recorded");
    found.add(file.path);
  }
  return found.size === files.length && found.size === entries.length
    ? null
    : { code: "file", seq: null, message: "a file is there that no event names" };
}

// The object that tells of a file; null where the event is about none.
function fileNamed({ type, data }: OpenedEvent): object | null {
  const content = type === "evidence.added" ? field(data, "content") : null;
  const file = textIn(content, "kind") === "file" ? content : field(content, "report");
  return typeof file === "object" && !Array.isArray(file) ? file : null;
}

function fileOf(file: object): { name: string; path: string; sha256: string } | null {
  const [id, sha256] = [textIn(file, "fileId"), textIn(file, "sha256")];
  if (id === undefined || sha256 === undefined) return null;
  return { name: textIn(file, "name") ?? id, path: `files/${id}`, sha256 };
}
