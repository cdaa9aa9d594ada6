import { chain } from "#lib/db/event-chain.ts";
import { shellOf } from "#lib/db/stones.ts";
import { BUNDLE_FORMAT, type BundledEvent } from "#lib/proof/bundle-manifest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import { inclusionProof, treeRoot } from "#lib/proof/merkle-tree.ts";
import { shellsDigest } from "#lib/proof/shell-flaw.ts";
import { assemble, type Mutation } from "./assemble-bundle.ts";
import { refute } from "./counter-example.ts";
import { treeOver, type PaperInstallation, type PaperRecord, type Parts } from "./paper-installation.ts";

// Bundles of records whose content was removed: shells, and the stone that tells of it.

const INSTALLATION = "00000000-0000-4000-8000-000000000000";
const STONE = 7;

type Told = {
  /** Types of events at the record's end. */
  readonly endsWith: readonly string[];
  readonly endedAt: string;
  readonly at: string;
  /** What the stone says besides or instead. */
  readonly data: object;
  readonly shell: (shell: string, place: number) => string;
};

const LAWFUL: Told = {
  endsWith: ["legal-hold.set", "legal-hold.lifted", "deployment.cancelled"],
  endedAt: "2026-11-25T20:00:00.000Z",
  at: "2027-11-25T20:00:00.000Z",
  data: {},
  shell: (shell) => shell,
};

/** Such bundles that are whole. */
export const REMOVED: Readonly<Record<string, Mutation>> = {
  "a removed record": removed({}),
  "a removed record whose stone tells what it kept": removed({ data: { kept: sha256("x") } }),
  "a removed record that was held after its end": removed({
    endsWith: ["deployment.completed", "legal-hold.set", "legal-hold.lifted"],
  }),
};

/** Such bundles that are not. */
export const REMOVED_BADLY: Readonly<Record<string, Mutation>> = {
  "removed a moment too early": removed({ at: "2027-11-25T19:59:59.999Z" }),
  "removed before its end": removed({ endsWith: [] }),
  "removed with an end before what came before it": removed({
    endedAt: "2020-01-01T00:00:00.000Z",
    at: "2025-01-01T00:00:00.000Z",
  }),
  "removed under legal hold": removed({ endsWith: ["deployment.cancelled", "legal-hold.set"] }),
  "removed within a week of its legal hold": removed({
    at: "2026-12-01T20:00:00.000Z",
    data: { kept: sha256("x"), retentionDays: 30 },
  }),
  "a stone that kept nothing that is a digest": removed({ data: { kept: "x" } }),
  "a stone that kept null": removed({ data: { kept: null } }),
  "a stone of another record": removed({ data: { deployment: INSTALLATION } }),
  "a stone over fewer events": removed({ data: { events: 2 } }),
  "a stone with another head": removed({ data: { headHash: sha256("x") } }),
  "a stone without its span": removed({ data: { retentionDays: null } }),
  "a stone with a span of a fraction": removed({ data: { retentionDays: 0.5 } }),
  "a stone with a span that nobody can set": removed({ data: { retentionDays: 29 } }),
  "a stone over other shells": removed({ data: { shells: sha256("x") } }),
  "a shell with more in it": removed({
    shell: (text) => canonicalText({ ...JSON.parse(text), more: "something" }),
  }),
  "a shell of another stone": removed({
    shell: (text, place) => (place === 1 ? text.replace('"removed":7', '"removed":8') : text),
  }),
  "a shell with a time there is not": removed({
    shell: (text, place) => (place === 1 ? text.replace('"at":"2026-11', '"at":"2026-13') : text),
  }),
  "a shell whose hash was changed": afterwards(({ manifest, ...parts }) => ({
    ...parts,
    manifest: { ...manifest, events: manifest.events.map((event) => ({ ...event, hash: sha256("x") })) },
  })),
  "a shell's type changed, to hide a hold": afterwards(({ manifest, ...parts }) => ({
    ...parts,
    manifest: {
      ...manifest,
      events: manifest.events.map((event) => ({
        ...event,
        body: event.body.replace("legal-hold.set", "item.checked"),
      })),
    },
  })),
  "a stone that is not in the log": withStone((stone) => ({ ...stone, leaf: 0, proof: [] })),
  "a stone with another number": withStone((stone) => ({ ...stone, seq: STONE + 1 })),
  "a stone edited": withStone((stone) => ({
    ...stone,
    body: stone.body.replace('"policy":"', '"policy":"x'),
  })),
  "a stone left out": afterwards(({ manifest: { stone: _stone, ...manifest }, ...parts }) => ({
    ...parts,
    manifest,
  })),
  "a content beside a stone": afterwards(({ manifest, ...parts }) => ({
    ...parts,
    manifest: { ...manifest, signed: [{ digest: sha256("{}"), text: "{}" }] },
  })),
  "a whole record with a stone": async ({ parts, installation, record }) => {
    const { stone } = removedParts(installation, record, LAWFUL).manifest;
    return assemble({ ...parts, manifest: { ...parts.manifest, ...(stone && { stone }) } });
  },
};

function removed(told: Partial<Told>): Mutation {
  return ({ installation, record }) => assemble(removedParts(installation, record, { ...LAWFUL, ...told }));
}

function afterwards(change: (parts: Parts) => Parts): Mutation {
  return ({ installation, record }) => assemble(change(removedParts(installation, record, LAWFUL)));
}

function withStone(change: (stone: BundledEvent) => BundledEvent): Mutation {
  return afterwards(({ manifest, ...parts }) => ({
    ...parts,
    manifest: { ...manifest, ...(manifest.stone && { stone: change(manifest.stone) }) },
  }));
}

function removedParts({ key }: PaperInstallation, record: PaperRecord, told: Told): Parts {
  const [first] = record.entries;
  if (first === undefined) return refute("a record without events");
  const more = told.endsWith.map((type) => ({ ...first, type, at: told.endedAt, data: {} }));
  const entries = [...record.entries, ...more].map((entry, index) => ({ ...entry, seq: index + 1 }));
  const events = chain(record.id, null, entries);
  const head = events.at(-1) ?? refute("a record without events");
  const shells = entries.map(({ seq, at, actor, type }, place) => {
    const prev = events[place - 1]?.hash ?? null;
    const left = { seq, at, type, prev, actorId: actor.id, stream: record.id, removed: STONE };
    return told.shell(shellOf(left), place);
  });
  const stone = stoneOver(record, told, shells, { events: events.length, headHash: head.hash });
  const leaves = [
    ...events.map(({ seq, hash }) => ({ stream: record.id, seq, hash })),
    { stream: INSTALLATION, seq: STONE, hash: stone.hash },
  ];
  const { read, size } = treeOver(leaves);
  const at = (leaf: number) => ({
    leaf,
    proof: inclusionProof(leaf, size, read).map((hash) => hash.toString("hex")),
  });
  const checkpoint = signCheckpoint({ size, root: treeRoot(size, read), at: told.at }, key);
  return {
    key,
    files: new Map(),
    manifest: {
      format: BUNDLE_FORMAT,
      deployment: record.id,
      key: key.text,
      checkpoint,
      head: { seq: head.seq, hash: head.hash },
      events: events.map(({ seq, hash }, place) => ({
        seq,
        hash,
        body: shells[place] ?? "",
        ...at(place),
      })),
      signed: [],
      stone: { ...stone, ...at(events.length) },
      files: [],
    },
  };
}

function stoneOver(
  { id, entries }: PaperRecord,
  { endedAt, at, data }: Told,
  shells: readonly string[],
  counted: { readonly events: number; readonly headHash: string },
) {
  const told = {
    deployment: id,
    service: "payments-api",
    version: "2.14.0",
    endedAt,
    ...counted,
    shells: shellsDigest(shells),
    retentionDays: 365,
    policy: "by-the-clock",
    ...data,
  };
  const actor = entries[0]?.actor ?? refute("a record without events");
  const [stone] = chain(INSTALLATION, sha256("the event before it"), [
    { seq: STONE, at, actor, type: "retention.content-removed", data: told },
  ]);
  return stone ?? refute("no stone");
}
