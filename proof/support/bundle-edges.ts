import { createHash } from "node:crypto";
import type { ChainEntry } from "#lib/db/event-chain.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import type { SigningKey } from "#lib/proof/note-keys.ts";
import { assemble, type Mutation, type Scene } from "./assemble-bundle.ts";
import { refute } from "./counter-example.ts";
import { answeredBy, PLAIN, REFUSED, TAKEN, type Answer } from "./odd-passkeys.ts";
import { DETAILS, newKey } from "./paper-installation.ts";

// What programs read in different ways, unless the format's document says how.

/** Such bundles that are not whole. Each is chained, sealed and signed anew, by whoever has the key. */
export const EDGES: Readonly<Record<string, Mutation>> = {
  "a key whose name has a next line": (scene) => underKey(scene, named("counter\u0085sign")),
  "a key whose name has a byte order mark": (scene) => underKey(scene, named("counter\ufeffsign")),
  "a key whose name is not ASCII": (scene) => underKey(scene, named("countersign/é")),
  "a key whose name is too long": (scene) => underKey(scene, named("n".repeat(201))),
  "a signature that is not UTF-8": async ({ parts }) => {
    const bundle = await assemble(parts);
    bundle[bundle.lastIndexOf(Buffer.from("— "))] = 0xff;
    return bundle;
  },
  "a file that is too large": async ({ parts }) => {
    large ??= Buffer.alloc(64 * 1024 * 1024 + 1);
    return assemble({ ...parts, files: new Map([...parts.files, [FREE_PATH, large]]) });
  },
  "a path twice in the list": ({ parts }) => {
    const [first] = parts.manifest.files;
    const again = first ?? { path: FREE_PATH, sha256: sha256("x") };
    return assemble({
      ...parts,
      manifest: { ...parts.manifest, files: [again, ...parts.manifest.files, again] },
    });
  },
  "an event in a 13th month": on("2026-13-01T00:00:00.000Z"),
  "an event on the 30th of February": on("2026-02-30T00:00:00.000Z"),
  "an event on the 29th of February of no leap year": on("1900-02-29T00:00:00.000Z"),
  "an event in a 24th hour": on("2026-02-28T24:00:00.000Z"),
  "an event in a 60th second": on("2026-12-31T23:59:60.000Z"),
  "a checkpoint in a 13th month": ({ parts }) => {
    const [, size, root = ""] = parts.manifest.checkpoint.split("\n");
    const moment = { size: Number(size), root: Buffer.from(root, "base64"), at: "2026-13-25T12:00:00.000Z" };
    return assemble({
      ...parts,
      manifest: { ...parts.manifest, checkpoint: signCheckpoint(moment, parts.key) },
    });
  },
  "a file's event without the file's id": withLast("evidence.added", {
    content: { kind: "file", name: "x", sha256: sha256("x") },
  }),
  "a report's event without the file's digest": withLast("evidence.added", {
    content: { kind: "check", report: { fileId: "x" } },
  }),
  "a passkey's signature without a role": onSigner(({ data }) => ({ ...data, role: undefined })),
  "a passkey's signature for nobody": onSigner(({ data }) => ({ ...data, for: null })),
  "a passkey's signature for somebody without a delegation": onSigner(({ data }) => ({
    ...data,
    for: { id: "b", name: "B" },
  })),
  "a passkey's signature by a delegation of nobody": onSigner(({ data }) => ({
    ...data,
    for: { delegation: "d" },
  })),
  "client data that nests without end": onAnswer((answer) => {
    const told = Buffer.from(answer["clientData"] ?? "", "base64url").toString();
    const deep = `${"[".repeat(600)}${"]".repeat(600)}`;
    return answeredBy(answer, PLAIN, Buffer.from(told.replace("{", `{"deep":${deep},`)));
  }),
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([what, key]) => [what, onAnswer((answer) => answeredBy(answer, key))]),
  ),
};

/** Bundles that look odd, and are whole. */
export const UNUSUAL: Readonly<Record<string, Mutation>> = {
  ...Object.fromEntries(
    Object.entries(TAKEN).map(([what, key]) => [what, onAnswer((answer) => answeredBy(answer, key))]),
  ),
  "client data with a member twice": onAnswer((answer) => {
    const told = Buffer.from(answer["clientData"] ?? "", "base64url").toString();
    const twice = Buffer.from(told.replace("{", '{"type":"webauthn.create","challenge":"x",'));
    return answeredBy(answer, PLAIN, twice);
  }),
  "a signed content with a member twice": ({ installation, record }) => {
    const text = `{"format":"x","format":"countersign/signed-content/1","deployment":{"id":"${record.id}","details":${canonicalText(DETAILS)}}}`;
    const entries = [
      ...record.entries,
      {
        ...last(record.entries),
        type: "approval.granted",
        data: { proof: "password", digest: sha256(text) },
      },
    ];
    const signed = [...record.signed, { digest: sha256(text), text }];
    return assemble(installation.bundleOf({ ...record, signed }, numbered(entries)));
  },
  "a check without a report": withLast("evidence.added", { content: { kind: "check", report: null } }),
  "a checkpoint that somebody else has signed too": ({ parts }) => {
    const other = newKey();
    const checkpoint = `${parts.manifest.checkpoint}— ${other.name} ${Buffer.concat([other.id, Buffer.alloc(64)]).toString("base64")}\n`;
    return assemble({ ...parts, manifest: { ...parts.manifest, checkpoint } });
  },
  "an event on the 29th of February": on("2024-02-29T23:59:59.999Z"),
};

const FREE_PATH = "files/ffffffff-ffff-4fff-bfff-ffffffffffff";

// 64 MiB and a byte; made once.
let large: Buffer | undefined;

function on(moment: string): Mutation {
  return ({ installation, record, random }) => {
    const which = random.below(record.entries.length);
    const entries = record.entries.map((entry, index) =>
      index === which ? { ...entry, at: moment } : entry,
    );
    return assemble(installation.bundleOf(record, entries));
  };
}

function withLast(type: string, data: object): Mutation {
  return ({ installation, record }) =>
    assemble(
      installation.bundleOf(record, numbered([...record.entries, { ...last(record.entries), type, data }])),
    );
}

/** Changes the data of a signature by passkey, in another record where this one has none. */
function onSigner(change: (entry: ChainEntry) => object): Mutation {
  return ({ installation, record }) => {
    const signed = [record, ...installation.records].find(({ entries }) => entries.some(isByPasskey));
    if (signed === undefined) return refute("no record has a signature by passkey");
    const which = signed.entries.findIndex(isByPasskey);
    const entries = signed.entries.map((entry, index) =>
      index === which ? { ...entry, data: change(entry) } : entry,
    );
    return assemble(installation.bundleOf(signed, entries));
  };
}

function isByPasskey({ data }: ChainEntry): boolean {
  return "assertion" in data;
}

function onAnswer(change: (answer: Answer) => Answer): Mutation {
  return onSigner(({ data }) => {
    const answer: Answer = "assertion" in data ? { ...Object(data.assertion) } : {};
    return { ...data, assertion: change(answer) };
  });
}

/** A bundle of the same record, made and signed by an installation with this key. */
function underKey({ installation, record }: Scene, key: SigningKey): Promise<Buffer> {
  return assemble(installation.bundleOf(record, record.entries, key));
}

/** A key with a name that no installation gives itself. */
function named(name: string): SigningKey {
  const key = newKey();
  const material = Buffer.concat([
    Buffer.of(1),
    key.publicKey.export({ format: "der", type: "spki" }).subarray(-32),
  ]);
  const id = createHash("sha256").update(`${name}\n`).update(material).digest().subarray(0, 4);
  return { ...key, name, id, text: `${name}+${id.toString("hex")}+${material.toString("base64")}` };
}

function last(entries: readonly ChainEntry[]): ChainEntry {
  return entries.at(-1) ?? refute("a record without events");
}

function numbered(entries: readonly ChainEntry[]): readonly ChainEntry[] {
  return entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}
