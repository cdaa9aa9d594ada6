import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { provesConsistency, provesInclusion } from "#lib/proof/check-tree.ts";
import {
  completedBy,
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  nodesRead,
  peaks,
  treeRoot,
  type NodeReader,
} from "#lib/proof/merkle-tree.ts";

// The leaves and roots of the certificate-transparency reference implementation's own tests.
const LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString("hex"));

/** Reads complete subtrees by their definition, from the leaves alone. */
function readerOf(leaves: readonly Buffer[]): NodeReader {
  const made = new Map<string, Buffer>();
  const make: NodeReader = ({ level, index }) => {
    if (level > 0) {
      const [left, right] = [index * 2, index * 2 + 1];
      return nodeHash(read({ level: level - 1, index: left }), read({ level: level - 1, index: right }));
    }
    const leaf = leaves[index];
    if (leaf === undefined) throw new RangeError(`no leaf ${index}`);
    return leafHash(leaf);
  };
  const read: NodeReader = (node) => {
    const key = `${node.level}:${node.index}`;
    const hash = made.get(key) ?? make(node);
    made.set(key, hash);
    return hash;
  };
  return read;
}

const known = readerOf(LEAVES.map((leaf) => Buffer.from(leaf, "hex")));

describe("the known tree", () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))("of %i leaves has its root", (size, root) => {
    expect(treeRoot(size, known).toString("hex")).toBe(root);
  });

  test("has the known inclusion proofs", () => {
    expect(hex(inclusionProof(0, 8, known))).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(hex(inclusionProof(1, 5, known))).toEqual([
      ROOTS[1],
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]);
  });

  test("has the known consistency proofs", () => {
    expect(hex(consistencyProof(1, 8, known))).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(hex(consistencyProof(6, 8, known))).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    expect(hex(consistencyProof(2, 5, known))).toEqual([
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]);
  });
});

describe("any tree", () => {
  const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => Buffer.from(`leaf ${index}`));
  const read = readerOf(leavesOf(200));
  const leafAt = (index: number) => leafHash(`leaf ${index}`);

  test("proves each leaf in each size, and nothing else", () => {
    for (let size = 1; size <= 40; size += 1) {
      const root = treeRoot(size, read);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, size, read);
        expect(provesInclusion(leafAt(index), index, size, proof, root)).toBe(true);
        expect(provesInclusion(leafAt(index + 1), index, size, proof, root)).toBe(false);
        expect(provesInclusion(leafAt(index), index, size, [...proof, root], root)).toBe(false);
        if (proof.length > 0)
          expect(provesInclusion(leafAt(index), index, size, proof.slice(1), root)).toBe(false);
      }
    }
  });

  test("proves each size to begin each larger one, and nothing else", () => {
    for (let to = 1; to <= 40; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = consistencyProof(from, to, read);
        const [old, grown] = [treeRoot(from, read), treeRoot(to, read)];
        expect(provesConsistency(from, to, proof, old, grown)).toBe(true);
        expect(provesConsistency(from, to, proof, leafAt(0), grown)).toBe(from === 1 && to > 0);
        expect(provesConsistency(from, to, proof, old, leafAt(1))).toBe(false);
        expect(provesConsistency(from, to, [...proof, old], old, grown)).toBe(false);
      }
    }
  });

  test("a flipped bit anywhere in a proof shows", () => {
    const place = fc.integer({ min: 2, max: 200 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        index: fc.integer({ min: 0, max: size - 1 }),
        from: fc.integer({ min: 1, max: size - 1 }),
        bit: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(place, ({ size, index, from, bit }) => {
        const inclusion = flip(inclusionProof(index, size, read), bit);
        const consistency = flip(consistencyProof(from, size, read), bit);
        const root = treeRoot(size, read);
        return (
          !provesInclusion(leafAt(index), index, size, inclusion, root) &&
          !provesConsistency(from, size, consistency, treeRoot(from, read), root)
        );
      }),
      { numRuns: 300 },
    );
  });

  test("its peaks and what each leaf completes are all that is ever read", () => {
    const stored = new Set<string>();
    for (let size = 1; size <= 200; size += 1) {
      stored.add(`0:${size - 1}`);
      for (const { level, index } of completedBy(size - 1)) stored.add(`${level}:${index}`);
      for (const { level, index } of peaks(size)) expect(stored).toContain(`${level}:${index}`);
      const asked = nodesRead((node) => [
        treeRoot(size, node),
        inclusionProof(Math.floor(size / 3), size, node),
        consistencyProof(Math.floor(size / 2), size, node),
      ]);
      for (const { level, index } of asked) expect(stored).toContain(`${level}:${index}`);
    }
  });
});

function flip(proof: readonly Buffer[], bit: number): readonly Buffer[] {
  const place = bit % proof.length;
  return proof.map((hash, index) => {
    if (index !== place) return hash;
    const flipped = Buffer.from(hash);
    flipped[bit % 32] = (flipped[bit % 32] ?? 0) ^ (1 << (bit % 8));
    return flipped;
  });
}
