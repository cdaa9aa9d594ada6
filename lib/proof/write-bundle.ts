import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { MANIFEST, SIGNATURE } from "./bundle-manifest.ts";

type Content = { readonly path: string; readonly content: Uint8Array };

/** The bundle's ZIP, chunk by chunk; holds the manifest and one file at a time. Files come by path. */
export async function* writeBundle(
  manifest: Uint8Array,
  signature: string,
  files: AsyncIterable<Content> | Iterable<Content>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  add(zip, new ZipDeflate(MANIFEST, { level: 6 }), manifest);
  add(zip, new ZipPassThrough(SIGNATURE), Buffer.from(signature, "utf8"));
  yield* ready.splice(0);
  for await (const { path, content } of files) {
    add(zip, new ZipPassThrough(path), content);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function add(zip: Zip, entry: ZipDeflate | ZipPassThrough, content: Uint8Array): void {
  // Always the same moment, the first that a ZIP can name: the same record makes the same bytes.
  entry.mtime = new Date(1980, 0, 1);
  zip.add(entry);
  entry.push(content, true);
}
