import { deflateRawSync } from "node:zlib";
import type { BundledEvent, BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { signManifest } from "#lib/proof/bundle-note.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import type { SigningKey } from "#lib/proof/note-keys.ts";
import { writeBundle } from "#lib/proof/write-bundle.ts";
import { refute } from "./counter-example.ts";
import { newKey, type PaperInstallation, type PaperRecord, type Parts } from "./paper-installation.ts";
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
    contents.map(([path, content]) => ({ path, content })),
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

/** Ways to change a bundle so that it is no longer whole. Signed anew: by whoever has the key. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
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
      original(parts),
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
  "an edited event": onEvent((event) => ({ ...event, body: event.body.replace('"at":"2026', '"at":"2025') })),
  "an edited event with its hash": onEvent((event) =>
    rehashed(event, event.body.replace('"at":"2026', '"at":"2025')),
  ),
  "a back-dated event, chained anew": ({ parts, record, installation, random }) => {
    const which = random.below(record.entries.length);
    const entries = record.entries.map((entry, at) =>
      at === which ? { ...entry, at: "2020-01-01T00:00:00.000Z" } : entry,
    );
    const forged = installation.bundleOf(record, entries).manifest;
    const events = parts.manifest.events.map((event, at) => ({ ...event, ...pickChain(forged.events[at]) }));
    return assemble({ ...parts, manifest: { ...parts.manifest, events, head: forged.head } });
  },
  "another actor, chained anew": ({ parts, record, installation }) => {
    const entries = record.entries.map((entry) => ({ ...entry, actor: { ...entry.actor, name: "Mallory" } }));
    const forged = installation.bundleOf(record, entries).manifest;
    const events = parts.manifest.events.map((event, at) => ({ ...event, ...pickChain(forged.events[at]) }));
    return assemble({ ...parts, manifest: { ...parts.manifest, events, head: forged.head } });
  },
  "an event dropped": onEvents((events, random) => events.toSpliced(random.below(events.length - 1), 1)),
  "the first event dropped": onEvents((events) => events.slice(1)),
  "the tail cut": onEvents((events, random) => events.slice(0, 1 + random.below(events.length - 1))),
  "the tail cut, with its head": ({ parts }) => {
    const events = parts.manifest.events.slice(0, -1);
    const last = events.at(-1) ?? refute("a record of one event");
    const manifest = { ...parts.manifest, events, head: { seq: last.seq, hash: last.hash } };
    return assemble({ ...parts, manifest }, original(parts));
  },
  "two events in each other's place": onEvents((events, random) => {
    const at = random.below(events.length - 1);
    return events.toSpliced(at, 2, ...events.slice(at, at + 2).toReversed());
  }),
  "an event twice": onEvents((events, random) => {
    const at = random.below(events.length);
    return events.toSpliced(at, 0, ...events.slice(at, at + 1));
  }),
  "an event's number": onEvent((event) => ({ ...event, seq: event.seq + 1 })),
  "an event of another record": ({ parts, installation, record, random }) => {
    const other = installation.bundleOf({ ...record, id: FREE_ID }).manifest.events;
    const at = random.below(other.length);
    const events = parts.manifest.events.with(at, other[at] ?? refute("no other event"));
    return assemble({ ...parts, manifest: { ...parts.manifest, events } });
  },
  "an event that is a list": onEvent((event) => rehashed(event, "[1]")),
  "an event that nests without end": onEvent((event) =>
    rehashed(event, `${"[".repeat(9_000)}${"]".repeat(9_000)}`),
  ),
  "an event with a lone surrogate": onEvent((event) =>
    rehashed(event, event.body.replace('{"actor"', '{"\\ud800":1,"actor"')),
  ),
  "an event with a space": onEvent((event) => rehashed(event, `${event.body} `)),
  "an event with a number in another form": onEvent((event) =>
    rehashed(event, event.body.replace('"seq":', '"seq":0.')),
  ),
  "another hash": onEvent((event) => ({ ...event, hash: NO_HASH })),
  "a proof with another hash": onEvent((event, random) =>
    event.proof.length === 0
      ? { ...event, proof: [NO_HASH] }
      : { ...event, proof: event.proof.with(random.below(event.proof.length), NO_HASH) },
  ),
  "a proof too long": onEvent((event) => ({ ...event, proof: [...event.proof, NO_HASH] })),
  "a proof too short": onEvent((event) => ({
    ...event,
    proof: event.proof.length === 0 ? [NO_HASH] : event.proof.slice(1),
  })),
  "another place in the log": onEvent((event) => ({ ...event, leaf: event.leaf + 1 })),
  "a place beyond the log": onEvent((event) => ({ ...event, leaf: 2 ** 40 })),
  "a checkpoint of another key": ({ parts }) => withCheckpoint(parts, newKey(), parts.manifest.checkpoint),
  "a checkpoint over another root": ({ parts }) =>
    assemble({
      ...parts,
      manifest: {
        ...parts.manifest,
        checkpoint: signCheckpoint(
          { size: 9, root: Buffer.alloc(32), at: "2026-11-25T12:00:00.000Z" },
          parts.key,
        ),
      },
    }),
  "an edited checkpoint": ({ parts }) =>
    assemble({
      ...parts,
      manifest: {
        ...parts.manifest,
        checkpoint: parts.manifest.checkpoint.replace("time 2026", "time 2025"),
      },
    }),
  "a checkpoint without its signature": ({ parts }) =>
    assemble({
      ...parts,
      manifest: { ...parts.manifest, checkpoint: parts.manifest.checkpoint.replace(/— .*\n$/u, "") },
    }),
  "a signed content edited": onSigned((signed, at) =>
    signed.with(at, { digest: signed[at]?.digest ?? "", text: "{}" }),
  ),
  "a signed content left out": onSigned((signed, at) => signed.toSpliced(at, 1)),
  "a signed content twice": onSigned((signed, at) => [...signed, ...signed.slice(at, at + 1)]),
  "a signed content that nobody signed, with another digest": onSigned((signed) => [
    ...signed,
    { digest: NO_HASH, text: "{}" },
  ]),
  "a passkey's answer edited, signed anew": onAssertion((assertion, random) => {
    const name = random.pick(["nonce", "clientData", "authenticatorData", "signature", "publicKey"] as const);
    const bytes = Buffer.from(assertion[name] ?? "", "base64url");
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return { ...assertion, [name]: name === "nonce" ? `${assertion[name]}0` : bytes.toString("base64url") };
  }),
  "a passkey that did not check its user": onAssertion((assertion) => {
    const bytes = Buffer.from(assertion["authenticatorData"] ?? "", "base64url");
    bytes[32] = 1;
    return { ...assertion, authenticatorData: bytes.toString("base64url") };
  }),
  "a manifest with a space": ({ parts }) => assemble(parts, { text: `${canonicalText(parts.manifest)} ` }),
  "a manifest in another order": ({ parts }) => assemble(parts, { text: JSON.stringify(parts.manifest) }),
  "a manifest with a name twice": ({ parts }) =>
    assemble(parts, {
      text: canonicalText(parts.manifest).replace('{"checkpoint"', '{"checkpoint":"","checkpoint"'),
    }),
  "a manifest with more in it": ({ parts }) =>
    assemble(parts, { text: canonicalText({ ...parts.manifest, more: 1 }) }),
  "a manifest with a prototype": ({ parts }) =>
    assemble(parts, {
      text: canonicalText(parts.manifest).replace('{"checkpoint"', '{"__proto__":{},"checkpoint"'),
    }),
  "a manifest of another format": ({ parts }) =>
    assemble(parts, { text: canonicalText({ ...parts.manifest, format: "countersign/bundle/2" }) }),
  "a manifest with a fraction": ({ parts }) =>
    assemble(parts, {
      text: canonicalText({ ...parts.manifest, head: { ...parts.manifest.head, seq: 1.5 } }),
    }),
  "a manifest that nests without end": ({ parts }) =>
    assemble(parts, { text: `${"[".repeat(20_000)}${"]".repeat(20_000)}` }),
  "a manifest that is not UTF-8": ({ parts }) =>
    assemble(parts, { text: Buffer.from("7b22ff223a317d", "hex") }),
  "a manifest with a lone surrogate": ({ parts }) =>
    assemble(parts, { text: canonicalText(parts.manifest).replace('"format":"', '"format":"\\ud800') }),
};

const NO_HASH = "0".repeat(64);
const FREE_PATH = "files/ffffffff-ffff-4fff-bfff-ffffffffffff";
const FREE_ID = "aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa";

// 65 MiB of spaces; packing them takes a second, so once.
let bomb: Buffer | undefined;

async function bombFrom(parts: Parts): Promise<Buffer> {
  return assemble(parts, { text: Buffer.alloc(65 * 1024 * 1024, 32), signed: "x" });
}

function original(parts: Parts): Partial<Written> {
  return { signed: canonicalText(parts.manifest) };
}

function withHeadOf(manifest: BundleManifest, head: Partial<BundleManifest["head"]>): BundleManifest {
  return { ...manifest, head: { ...manifest.head, ...head } };
}

function withHead(parts: Parts, head: Partial<BundleManifest["head"]>): Parts {
  return { ...parts, manifest: withHeadOf(parts.manifest, head) };
}

function withCheckpoint(parts: Parts, key: SigningKey, note: string): Promise<Buffer> {
  const root = Buffer.from(note.split("\n")[2] ?? "", "base64");
  const checkpoint = signCheckpoint(
    { size: Number(note.split("\n")[1]), root, at: "2026-11-25T12:00:00.000Z" },
    key,
  );
  return assemble({ ...parts, manifest: { ...parts.manifest, checkpoint } });
}

function onEvents(change: (events: BundledEvent[], random: Random) => BundledEvent[]): Mutation {
  return async ({ parts, random }) => {
    const events = change(parts.manifest.events, random);
    return assemble({ ...parts, manifest: { ...parts.manifest, events } });
  };
}

function onEvent(change: (event: BundledEvent, random: Random) => BundledEvent): Mutation {
  return onEvents((events, random) => {
    const at = random.below(events.length);
    return events.with(at, change(events[at] ?? refute("no event"), random));
  });
}

function onSigned(
  change: (signed: BundleManifest["signed"], at: number) => BundleManifest["signed"],
): Mutation {
  return async ({ parts, random }) => {
    const { signed } = parts.manifest;
    const changed =
      signed.length === 0 ? [{ digest: NO_HASH, text: "" }] : change(signed, random.below(signed.length));
    return assemble({ ...parts, manifest: { ...parts.manifest, signed: changed } });
  };
}

// The whole history is chained and sealed anew, as only whoever has the key can.
function onAssertion(change: (assertion: Record<string, string>, random: Random) => object): Mutation {
  return async ({ installation, record, random, parts }) => {
    const at = record.entries.findIndex(({ data }) => "assertion" in data);
    if (at < 0) return assemble(parts, { signedBy: newKey() });
    const entries = record.entries.map((entry, index) =>
      index === at && "assertion" in entry.data
        ? {
            ...entry,
            data: { ...entry.data, assertion: change({ ...Object(entry.data.assertion) }, random) },
          }
        : entry,
    );
    return assemble(installation.bundleOf(record, entries));
  };
}

function withFile(change: (scene: Scene, path: string) => Promise<Buffer>): Mutation {
  return async (scene) => {
    const [path] = scene.parts.files.keys();
    return path === undefined ? assemble(scene.parts, { signedBy: newKey() }) : change(scene, path);
  };
}

function rehashed(event: BundledEvent, body: string): BundledEvent {
  return { ...event, body, hash: sha256(body) };
}

function pickChain(event: BundledEvent | undefined) {
  return { body: event?.body ?? "", hash: event?.hash ?? "" };
}

function renamed(bundle: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bundle.toString("latin1").replaceAll(from, to), "latin1");
}
