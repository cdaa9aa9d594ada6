import { pool } from "#lib/db/pool.ts";
import { logRoot, logSize } from "#lib/db/append-to-log.ts";
import type { Flaw } from "#lib/db/chain-flaw.ts";
import { checkpointsAbove } from "#lib/db/checkpoints.ts";
import { readLogEntries, readLogEntry, type LogEntry } from "#lib/db/log-entries.ts";
import { MissingNode } from "#lib/db/log-nodes.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { openCheckpoint, type Checkpoint } from "#lib/proof/checkpoint.ts";
import { hashOfLeaf } from "#lib/proof/log-leaf.ts";
import { GrowingTree } from "#lib/proof/growing-tree.ts";
import type { VerifierKey } from "#lib/proof/note-keys.ts";

const ENTRIES_AT_ONCE = 5_000;
const CHECKPOINTS_AT_ONCE = 500;
/** Clocks of several servers may differ by as much, and a write may take its time. */
const CLOCKS_DIFFER_MINUTES = 5;

/**
 * The first flaw of the log itself: each leaf against its event, and each stored subtree computed anew; the
 * root at the size of each checkpoint, stored, brought along or kept by this machine, and its signature; and
 * each event's date against the checkpoints before and after it. Null when it is whole.
 */
export async function verifyLog(
  key: VerifierKey,
  brought: readonly string[],
  kept: readonly Checkpoint[] = [],
): Promise<Flaw | null> {
  const size = await logSize(pool());
  const outside = openAll(key, brought);
  if ("stream" in outside) return outside;
  const tree = new GrowingTree();
  const marks = checkpointsInOrder(key, [...outside, ...kept]);
  let mark = await marks.next();
  let passed: Checkpoint | null = null;
  for (let from = 0; from < size; from += ENTRIES_AT_ONCE) {
    const entries = await readLogEntries(from, Math.min(ENTRIES_AT_ONCE, size - from));
    for (const [offset, entry] of entries.entries()) {
      const covering = !mark.done && "checkpoint" in mark.value ? mark.value.checkpoint : null;
      const flaw = entryFlaw(tree, from + offset, entry, passed, covering);
      if (flaw !== null) return flaw;
      while (!mark.done && "checkpoint" in mark.value && mark.value.checkpoint.size === tree.size) {
        const { checkpoint } = mark.value;
        if (!tree.root().equals(checkpoint.root)) return rootFlaw(checkpoint, passed);
        passed = checkpoint;
        mark = await marks.next();
      }
      if (!mark.done && "flaw" in mark.value) return mark.value.flaw;
    }
    if (entries.length < Math.min(ENTRIES_AT_ONCE, size - from)) return missingEntry(from + entries.length);
  }
  // What remains is larger than the log was when we began; it may have grown since.
  for (; !mark.done; mark = await marks.next()) {
    if ("flaw" in mark.value) return mark.value.flaw;
    const flaw = await checkpointFlaw(mark.value.checkpoint, passed);
    if (flaw !== null) return flaw;
  }
  return null;
}

/** Whether the log, by its stored hashes, leads to a checkpoint's root. */
async function checkpointFlaw(checkpoint: Checkpoint, passed: Checkpoint | null): Promise<Flaw | null> {
  const { size } = checkpoint;
  const held = await logSize(pool());
  if (held < size)
    return {
      stream: null,
      seq: null,
      message: `the history was cut or an older one restored: the checkpoint signed at ${checkpoint.at} covers ${size} events, the log holds ${held}`,
    };
  const root = await logRoot(pool(), size).catch((error: unknown) => {
    if (error instanceof MissingNode) return null;
    throw error;
  });
  return root?.equals(checkpoint.root) === true ? null : rootFlaw(checkpoint, passed);
}

function entryFlaw(
  tree: GrowingTree,
  index: number,
  entry: LogEntry,
  passed: Checkpoint | null,
  covering: Checkpoint | null,
): Flaw | null {
  if (entry.index !== index) return missingEntry(index);
  const { stream, seq, eventHash, at } = entry;
  const flaw = (message: string) => ({ stream, seq, message });
  const hash = hashOfLeaf({ stream, seq, hash: eventHash });
  const nodes = tree.append(hash);
  if (!entry.hash.equals(hash) || !entry.nodes.equals(nodes))
    return flaw(`entry ${index + 1} of the log has been changed`);
  if (at === null) return flaw(`the log names it as entry ${index + 1}, and it is gone`);
  if (entry.hashNow !== eventHash) return flaw(`entry ${index + 1} of the log names another event here`);
  if (covering !== null && at > laterBy(covering.at, CLOCKS_DIFFER_MINUTES * MINUTE))
    return flaw(`it is dated ${at}, but the checkpoint of ${covering.at} covers it`);
  if (passed !== null && at < laterBy(passed.at, -CLOCKS_DIFFER_MINUTES * MINUTE))
    return flaw(`it is dated ${at}, but was not there when the checkpoint of ${passed.at} was signed`);
  return null;
}

async function rootFlaw(checkpoint: Checkpoint, passed: Checkpoint | null): Promise<Flaw> {
  const first = passed?.size ?? 0;
  const entry = await readLogEntry(first);
  return {
    stream: entry?.stream ?? null,
    seq: entry?.seq ?? null,
    message: `the log's entries ${first + 1} to ${checkpoint.size} are not those that the checkpoint of ${checkpoint.at} signed`,
  };
}

function missingEntry(index: number): Flaw {
  return { stream: null, seq: null, message: `entry ${index + 1} of the log is missing` };
}

type Mark = { readonly checkpoint: Checkpoint } | { readonly flaw: Flaw };

// Stored checkpoints and those from outside, by size.
async function* checkpointsInOrder(key: VerifierKey, outside: readonly Checkpoint[]): AsyncGenerator<Mark> {
  let [after, next] = [0, 0];
  const waiting = outside.toSorted((a, b) => a.size - b.size);
  for (;;) {
    const stored = await checkpointsAbove(pool(), after, CHECKPOINTS_AT_ONCE);
    for (const { size, note } of stored) {
      for (let one = waiting[next]; one !== undefined && one.size < size; one = waiting[next]) {
        yield { checkpoint: one };
        next += 1;
      }
      const checkpoint = openCheckpoint(note, key);
      yield checkpoint === null ? { flaw: signatureFlaw(size) } : { checkpoint };
      after = size;
    }
    if (stored.length < CHECKPOINTS_AT_ONCE) break;
  }
  for (const checkpoint of waiting.slice(next)) yield { checkpoint };
}

/** The checkpoints in notes, or the flaw that one of them is not signed. */
function openAll(key: VerifierKey, notes: readonly string[]): readonly Checkpoint[] | Flaw {
  const opened: Checkpoint[] = [];
  for (const note of notes) {
    const checkpoint = openCheckpoint(note, key);
    if (checkpoint === null) return signatureFlaw(Number(note.split("\n")[1]));
    opened.push(checkpoint);
  }
  return opened;
}

function signatureFlaw(size: number): Flaw {
  return {
    stream: null,
    seq: null,
    message: `the checkpoint over ${size} events is not signed by this installation's key`,
  };
}
