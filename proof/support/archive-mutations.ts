import { deflateRawSync } from "node:zlib";
import type { BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { assemble, NO_HASH, signedAs, type Mutation, type Scene } from "./assemble-bundle.ts";
import { newKey, type Parts } from "./paper-installation.ts";

/** Changes of a bundle's bytes, of its files, and of who signed what. */
export const ARCHIVE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a flipped bit": async ({ parts, random }) => {
    const bundle = await assemble(parts);
    // Times and CRCs of the ZIP are the only bits that nothing covers; they stand in directory and header alike.
    const at = random.below(bundle.length);
    bundle[at] = (bundle[at] ?? 0) ^ (1 << random.below(8));
    return bundle;
  },
  "cut short": async ({ parts, random }) => {
    const bundle = await assemble(parts);
    return bundle.subarray(0, random.below(bundle.length));
  },
  "something after the end": async ({ parts }) => Buffer.concat([await assemble(parts), Buffer.of(0)]),
  "something before the beginning": async ({ parts }) => Buffer.concat([Buffer.of(0), await assemble(parts)]),
  "another name in the directory": async ({ parts }) =>
    renamed(await assemble(parts), "manifest.sig", "manifest.sih"),
  "a path that leads out": async ({ parts }) =>
    renamed(await assemble(parts), "manifest.sig", "../../.ssh/k"),
  "a manifest that is a bomb": async ({ parts }) => (bomb ??= await bombFrom(parts)),
  "a manifest that inflates to more than it says": async ({ parts }) => {
    const bundle = await assemble(parts);
    const packed = deflateRawSync(Buffer.alloc(100, 32));
    return Buffer.concat([bundle.subarray(0, 43), packed, bundle.subarray(43 + packed.length)]);
  },
  "an extra file": async ({ parts }) =>
    assemble({ ...parts, files: new Map([...parts.files, [FREE_PATH, Buffer.from("x")]]) }),
  "an extra file, listed and signed": async ({ parts }) => {
    const file = { path: FREE_PATH, sha256: sha256("x") };
    const files = new Map([...parts.files, [FREE_PATH, Buffer.from("x")]]);
    return assemble({
      ...parts,
      files,
      manifest: { ...parts.manifest, files: [...parts.manifest.files, file] },
    });
  },
  "a file left out": withFile((scene, path) => {
    const files = new Map(scene.parts.files);
    files.delete(path);
    return assemble({ ...scene.parts, files });
  }),
  "an edited file": withFile((scene, path) => {
    const edited = Buffer.concat([scene.parts.files.get(path) ?? Buffer.alloc(0), Buffer.from("!")]);
    return assemble({ ...scene.parts, files: new Map([...scene.parts.files, [path, edited]]) });
  }),
  "an edited file, listed and signed": withFile((scene, path) => {
    const manifest = scene.parts.manifest;
    const files = manifest.files.map((file) => (file.path === path ? { path, sha256: sha256("x") } : file));
    const contents = new Map([...scene.parts.files, [path, Buffer.from("x")]]);
    return assemble({ ...scene.parts, files: contents, manifest: { ...manifest, files } });
  }),
  "two files in each other's place": withFile((scene, path) => {
    const [other] = [...scene.parts.files.keys()].filter((candidate) => candidate !== path);
    if (other === undefined) return assemble(withHead(scene.parts, { hash: NO_HASH }));
    const [a, b] = [scene.parts.files.get(path), scene.parts.files.get(other)];
    if (a?.equals(b ?? Buffer.alloc(0)) !== false) return assemble(withHead(scene.parts, { hash: NO_HASH }));
    const files = new Map([...scene.parts.files, [path, b ?? a], [other, a]]);
    return assemble({ ...scene.parts, files });
  }),
  "an edited manifest": ({ parts }) =>
    assemble(
      { ...parts, manifest: withHeadOf(parts.manifest, { seq: parts.manifest.head.seq + 1 }) },
      signedAs(parts),
    ),
  "signed by another key": ({ parts }) => assemble(parts, { signedBy: newKey() }),
  "a manifest signed for another record": ({ parts }) => assemble(parts, { signed: "{}" }),
  "another key in the manifest": ({ parts }) => {
    const key = newKey();
    return assemble({ ...parts, key, manifest: { ...parts.manifest, key: key.text } });
  },
  "a key whose id is another's": ({ parts }) =>
    assemble({
      ...parts,
      manifest: { ...parts.manifest, key: parts.manifest.key.replace(/\+[0-9a-f]{8}\+/, "+00000000+") },
    }),
};

const FREE_PATH = "files/ffffffff-ffff-4fff-bfff-ffffffffffff";

// 65 MiB of spaces; packing them takes a second, so once.
let bomb: Buffer | undefined;

async function bombFrom(parts: Parts): Promise<Buffer> {
  return assemble(parts, { text: Buffer.alloc(65 * 1024 * 1024, 32), signed: "x" });
}

function withHeadOf(manifest: BundleManifest, head: Partial<BundleManifest["head"]>): BundleManifest {
  return { ...manifest, head: { ...manifest.head, ...head } };
}

function withHead(parts: Parts, head: Partial<BundleManifest["head"]>): Parts {
  return { ...parts, manifest: withHeadOf(parts.manifest, head) };
}

function withFile(change: (scene: Scene, path: string) => Promise<Buffer>): Mutation {
  return async (scene) => {
    const [path] = scene.parts.files.keys();
    return path === undefined ? assemble(scene.parts, { signedBy: newKey() }) : change(scene, path);
  };
}

function renamed(bundle: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bundle.toString("latin1").replaceAll(from, to), "latin1");
}
