import { createHash } from "node:crypto";

// The tree of RFC 6962, section 2.1. Sizes and indexes are whole numbers below 2^53.

/** The hash of a complete subtree: of 2^level leaves, the index-th such from the left. */
export type NodeId = { readonly level: number; readonly index: number };

export type NodeReader = (node: NodeId) => Buffer;

export function leafHash(data: Buffer | string): Buffer {
  return createHash("sha256").update("\0").update(data).digest();
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update("\x01").update(left).update(right).digest();
}

/** The root over the first `size` leaves; of none, the hash of nothing. */
export function treeRoot(size: number, read: NodeReader): Buffer {
  return size === 0 ? createHash("sha256").digest() : rangeHash(0, size, read);
}

/** The hashes that lead from a leaf to the root over the first `size` leaves, lowest first. */
export function inclusionProof(index: number, size: number, read: NodeReader): readonly Buffer[] {
  if (index < 0 || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const path: Buffer[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push(rangeHash(middle, end, read));
      end = middle;
    } else {
      path.push(rangeHash(start, middle, read));
      start = middle;
    }
  }
  return path.toReversed();
}

/** The hashes that show a tree of `to` leaves to begin with the tree of `from` leaves. */
export function consistencyProof(from: number, to: number, read: NodeReader): readonly Buffer[] {
  if (from < 0 || from > to) throw new RangeError(`a tree of ${from} does not begin a tree of ${to}`);
  if (from === 0 || from === to) return [];
  const path: Buffer[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      path.push(rangeHash(middle, end, read));
      end = middle;
    } else {
      path.push(rangeHash(start, middle, read));
      start = middle;
    }
  }
  // The whole of the smaller tree is what its verifier already has.
  if (start > 0) path.push(rangeHash(start, end, read));
  return path.toReversed();
}

/** The subtrees that the leaf completes above itself, lowest first. */
export function completedBy(leafIndex: number): readonly NodeId[] {
  const completed: NodeId[] = [];
  for (let level = 1, span = 2; (leafIndex + 1) % span === 0; level += 1, span *= 2)
    completed.push({ level, index: (leafIndex + 1) / span - 1 });
  return completed;
}

/** The complete subtrees that make up the first `size` leaves, largest first. */
export function peaks(size: number): readonly NodeId[] {
  const found: NodeId[] = [];
  let start = 0;
  while (start < size) {
    const level = Math.floor(Math.log2(size - start));
    const span = 2 ** level;
    found.push({ level, index: start / span });
    start += span;
  }
  return found;
}

/** What a computation over the tree reads, without having it. */
export function nodesRead(computation: (read: NodeReader) => unknown): readonly NodeId[] {
  const asked: NodeId[] = [];
  const nothing = Buffer.alloc(32);
  computation((node) => {
    asked.push(node);
    return nothing;
  });
  return asked;
}

function rangeHash(start: number, end: number, read: NodeReader): Buffer {
  const count = end - start;
  const split = splitOf(count);
  if (count === 1 || split * 2 === count) return read({ level: Math.log2(count), index: start / count });
  return nodeHash(rangeHash(start, start + split, read), rangeHash(start + split, end, read));
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}
