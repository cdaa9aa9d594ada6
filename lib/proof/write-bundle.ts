import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { MANIFEST, SIGNATURE } from "./bundle-manifest.ts";

type Slices = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
type Content = { readonly path: string; readonly content: Slices };

/** The bundle's ZIP, chunk by chunk; holds the manifest, and a slice of one file at a time. Files come by path. */
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
  addWhole(zip, new ZipDeflate(MANIFEST, { level: 6 }), manifest);
  addWhole(zip, new ZipPassThrough(SIGNATURE), Buffer.from(signature, "utf8"));
  yield* ready.splice(0);
  for await (const { path, content } of files) {
    const entry = new ZipPassThrough(path);
    add(zip, entry);
    for await (const slice of content) {
      entry.push(slice);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function addWhole(zip: Zip, entry: ZipDeflate | ZipPassThrough, content: Uint8Array): void {
  add(zip, entry);
  entry.push(content, true);
}

function add(zip: Zip, entry: ZipDeflate | ZipPassThrough): void {
  // Always the same moment, the first that a ZIP can name: the same record makes the same bytes.
  entry.mtime = new Date(1980, 0, 1);
  zip.add(entry);
}
