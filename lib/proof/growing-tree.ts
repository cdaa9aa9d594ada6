import { completedBy, nodeHash, peaks, treeRoot, type NodeReader } from "./merkle-tree.ts";

/** A tree that grows leaf by leaf and keeps no more than its right edge. */
export class GrowingTree {
  size: number;
  // By level, the newest complete subtree of that height.
  readonly #newest: Buffer[] = [];

  /** Goes on from a tree of `size` leaves, whose peaks `read` knows; without it, from an empty one. */
  constructor(size = 0, read?: NodeReader) {
    this.size = size;
    if (read !== undefined) for (const peak of peaks(size)) this.#newest[peak.level] = read(peak);
  }

  /** Adds a leaf; answers with the hashes of the subtrees that it completes above itself, lowest first. */
  append(leaf: Buffer): Buffer {
    const completed = completedBy(this.size);
    let hash = leaf;
    const lefts = completed.map(({ level }) => this.#at(level - 1));
    this.#newest[0] = leaf;
    const made = completed.map(({ level }, place) => {
      hash = nodeHash(lefts[place] ?? leaf, hash);
      this.#newest[level] = hash;
      return hash;
    });
    this.size += 1;
    return Buffer.concat(made);
  }

  root(): Buffer {
    return treeRoot(this.size, ({ level }) => this.#at(level));
  }

  #at(level: number): Buffer {
    const hash = this.#newest[level];
    if (hash === undefined) throw new Error(`the tree has no subtree of level ${level} yet`);
    return hash;
  }
}
