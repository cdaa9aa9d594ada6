import { createHash, randomBytes } from "node:crypto";
import { chain, type ChainEntry, type ChainedEvent } from "#lib/db/event-chain.ts";
import { BUNDLE_FORMAT, type BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import { hashOfLeaf, type LogLeaf } from "#lib/proof/log-leaf.ts";
import { completedBy, inclusionProof, treeRoot, type NodeReader } from "#lib/proof/merkle-tree.ts";
import { parseSigningKey, signingKeyText, type SigningKey } from "#lib/proof/note-keys.ts";
import { refute } from "./counter-example.ts";
import { paperPasskeys, type PaperPasskey } from "./paper-passkeys.ts";
import type { Random } from "./random.ts";

/** A record's history with its files, without a database. */
export type PaperRecord = {
  readonly id: string;
  readonly entries: readonly ChainEntry[];
  readonly signed: readonly { readonly digest: string; readonly text: string }[];
  readonly files: ReadonlyMap<string, Buffer>;
};

/** What a bundle is made of. */
export type Parts = {
  readonly manifest: BundleManifest;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly key: SigningKey;
};

/** An installation with a key, records, and one log over them all; enough to make bundles from. */
export class PaperInstallation {
  readonly key = newKey();
  readonly records: readonly PaperRecord[];
  readonly #random: Random;
  readonly #passkeys: readonly PaperPasskey[] = paperPasskeys();

  constructor(random: Random, records: number) {
    this.#random = random;
    this.records = Array.from({ length: records }, () => this.#record());
  }

  /** A whole bundle of a record, in a log of its own order, under its newest checkpoint or an older one. */
  bundleOf(record: PaperRecord, entries = record.entries, key = this.key): Parts {
    const events = chain(record.id, null, entries);
    const others = this.#random.below(60);
    const leaves = this.#shuffledInto(record.id, events, others);
    const { read, size } = treeOver(leaves);
    const root = treeRoot(size, read);
    const checkpoint = signCheckpoint({ size, root, at: "2026-11-25T12:00:00.000Z" }, key);
    const last = events.at(-1) ?? refute("a record without events");
    return {
      key,
      files: record.files,
      manifest: {
        format: BUNDLE_FORMAT,
        deployment: record.id,
        key: key.text,
        checkpoint,
        head: { seq: last.seq, hash: last.hash },
        events: events.map((event) => {
          const leaf = leaves.findIndex(({ stream, seq }) => stream === record.id && seq === event.seq);
          return {
            ...event,
            leaf,
            proof: inclusionProof(leaf, size, read).map((hash) => hash.toString("hex")),
          };
        }),
        signed: [...record.signed],
        files: [...record.files]
          .map(([path, content]) => ({ path, sha256: createHash("sha256").update(content).digest("hex") }))
          .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      },
    };
  }

  #shuffledInto(stream: string, events: readonly ChainedEvent[], others: number): readonly LogLeaf[] {
    const strange = Array.from({ length: others }, (_, seq) => ({
      stream: uuid(this.#random),
      seq: seq + 1,
      hash: sha256(`another event ${seq}`),
    }));
    const leaves: LogLeaf[] = [];
    const own = events.map(({ seq, hash }) => ({ stream, seq, hash }));
    while (own.length + strange.length > 0) {
      const takesOwn = strange.length === 0 || (own.length > 0 && this.#random.below(2) === 0);
      const next = takesOwn ? own.shift() : strange.shift();
      if (next !== undefined) leaves.push(next);
    }
    return leaves;
  }

  #record(): PaperRecord {
    const id = uuid(this.#random);
    const [entries, signed, files]: [ChainEntry[], { digest: string; text: string }[], Map<string, Buffer>] =
      [[], [], new Map()];
    const add = (type: string, data: object) =>
      entries.push({
        seq: entries.length + 1,
        at: this.#instant(entries.length),
        actor: this.#person(),
        type,
        data,
      });
    add("deployment.opened", {
      service: { id: uuid(this.#random), name: "payments-api €𝄞" },
      details: DETAILS,
      note: this.#text(),
    });
    const length = 3 + this.#random.below(20);
    while (entries.length < length) this.#step(id, add, signed, files);
    return { id, entries, signed, files };
  }

  #step(
    id: string,
    add: (type: string, data: object) => void,
    signed: { digest: string; text: string }[],
    files: Map<string, Buffer>,
  ): void {
    switch (this.#random.below(7)) {
      case 0:
        add("evidence.added", { content: { kind: "measurement", values: this.#numbers() } });
        return;
      case 1: {
        const [fileId, content] = [uuid(this.#random), randomBytes(this.#random.below(400))];
        files.set(`files/${fileId}`, content);
        const file = {
          fileId,
          name: "../r “é”.bin",
          sha256: createHash("sha256").update(content).digest("hex"),
        };
        const isReport = this.#random.below(2) === 0;
        add("evidence.added", {
          content: isReport ? { kind: "check", report: file } : { kind: "file", ...file },
        });
        return;
      }
      case 2:
        return this.#sign(id, "approval.granted", add, signed);
      case 3:
        return this.#sign(id, "approval.rejected", add, signed);
      case 4:
        return this.#sign(id, "break-glass.confirmed", add, signed);
      default:
        add("item.checked", { item: "mtls-enabled", title: this.#text() });
    }
  }

  #sign(
    id: string,
    type: "approval.granted" | "approval.rejected" | "break-glass.confirmed",
    add: (type: string, data: object) => void,
    signed: { digest: string; text: string }[],
  ): void {
    const content = canonicalText({
      format: "countersign/signed-content/1",
      deployment: { id, details: DETAILS },
      items: this.#text(),
    });
    const isGlass = type === "break-glass.confirmed";
    const text = isGlass
      ? canonicalText({
          format: "countersign/break-glass/1",
          phase: "deploy",
          content: sha256(content),
          blockers: [],
        })
      : content;
    for (const one of new Set([content, text]))
      if (!signed.some(({ digest }) => digest === sha256(one)))
        signed.push({ digest: sha256(one), text: one });
    const digest = sha256(text);
    const data = { round: 1, role: "security", roleTitle: "Security", phase: "deploy", digest };
    if (this.#random.below(3) === 0) {
      add(type, { ...data, proof: "password" });
      return;
    }
    const represented = { id: uuid(this.#random), name: "Approver", delegation: uuid(this.#random) };
    const standsIn = !isGlass && this.#random.below(2) === 0;
    const isOld = this.#random.below(3) === 0;
    const decision = isGlass ? "break-glass" : type === "approval.granted" ? "approve" : "reject";
    const assertion = this.#random.pick(this.#passkeys)(PERSON.id, String(this.#random.below(1e9)), {
      kind: "sign",
      deployment: id,
      role: data.role,
      decision,
      digest,
      ...(standsIn && { delegation: represented.delegation, ...(!isOld && { for: represented.id }) }),
    });
    add(type, { ...data, proof: "passkey", assertion, ...(standsIn && { for: represented }) });
  }

  #person() {
    return PERSON;
  }

  #instant(seq: number): string {
    return new Date(Date.UTC(2026, 10, 25, 8, seq, this.#random.below(60))).toISOString();
  }

  #text(): string {
    return this.#random.pick([
      "plain",
      'quote " back \\ slash',
      "line\nbreak\ttab\u0001",
      "ünïcödé \u2028 𝄞",
      "",
    ]);
  }

  #numbers() {
    const all = [0, -1, 99.95, 1e-7, 1e21, 123456789012345680000, 5e-324, 0.1 + 0.2, 1.7976931348623157e308];
    return { "p95-ms": this.#random.pick(all), "𝄞": this.#random.pick(all), "\uffee": -1.5e-9 };
  }
}

/** What every record says of its deployment at its opening. */
export const DETAILS = { version: "2.14.0", commit: "c0ffee1", slo: { "error-percent": 0.1 } };
const PERSON = { kind: "person" as const, id: "b1f6c0de-0000-4000-8000-000000000001", name: "Ada €" };

export function newKey(): SigningKey {
  const name = `countersign/${randomBytes(8).toString("hex")}`;
  return parseSigningKey(signingKeyText(name, randomBytes(32))) ?? refute("a new key cannot be read");
}

/** The log over these leaves. */
export function treeOver(leaves: readonly LogLeaf[]): { readonly read: NodeReader; readonly size: number } {
  const nodes = new Map<string, Buffer>();
  const tree = new GrowingTree();
  for (const leaf of leaves) {
    const index = tree.size;
    const hash = hashOfLeaf(leaf);
    nodes.set(`0:${index}`, hash);
    const made = tree.append(hash);
    for (const [place, { level, index: at }] of completedBy(index).entries())
      nodes.set(`${level}:${at}`, made.subarray(place * 32, place * 32 + 32));
  }
  const read: NodeReader = ({ level, index }) =>
    nodes.get(`${level}:${index}`) ?? refute("a node is missing");
  return { read, size: leaves.length };
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
