import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";
import { logRoot, logSize } from "#lib/db/append-to-log.ts";
import type { Flaw } from "#lib/db/chain-flaw.ts";
import { checkpointsAbove } from "#lib/db/checkpoints.ts";
import { readKeptOut, readLogEntries, readLogEntry, type LogEntry } from "#lib/db/log-entries.ts";
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
/** Of so many streams the first event that was kept out of the log is named. */
const KEPT_OUT_NAMED = 100;

/**
 * The flaws of the log itself: each leaf against its event, and each stored subtree computed anew; the
 * root at the size of each checkpoint, stored, brought along or kept by this machine, and its signature;
 * each event's date against the checkpoints before and after it; and the events that were kept out of it. The
 * first flaw of the tree ends it; the first of what spoils no tree, each a thing of its own, stands beside it
 * and hides nothing.
 */
export async function verifyLog(
  key: VerifierKey,
  brought: readonly string[],
  kept: readonly Checkpoint[] = [],
): Promise<readonly Flaw[]> {
  const beside = new Map<Beside, Flaw>();
  const note: Note = (what, flaw) => void (beside.has(what) || beside.set(what, flaw));
  const outside = brought.flatMap((text) => opened(key, text, note));
  const tree = await checkTree(checkpointsInOrder(key, [...outside, ...kept], note), note);
  if ("flaw" in tree) return [...beside.values(), tree.flaw];
  return [...beside.values(), ...(await keptOutFlaws(tree.newest))];
}

// No write lasts that long: its statements are cut, and a checkpoint is signed each minute.
async function keptOutFlaws(newest: Checkpoint | null): Promise<readonly Flaw[]> {
  if (newest === null) return [];
  const lawful = {
    from: laterBy(newest.at, -CLOCKS_DIFFER_MINUTES * MINUTE),
    to: laterBy(now(), CLOCKS_DIFFER_MINUTES * MINUTE),
  };
  const found = await readKeptOut(pool(), lawful, KEPT_OUT_NAMED);
  return found.map(({ stream, seq, at }) => ({
    stream,
    seq,
    message: `it is dated ${at}, and the log lacks it, though a checkpoint was signed at ${newest.at}`,
  }));
}

/** What spoils no tree: a checkpoint that is not signed, a leaf without its event, a date. */
type Beside = "signature" | "event" | "date";
type Note = (what: Beside, flaw: Flaw) => void;

type CheckedTree = { readonly flaw: Flaw } | { readonly newest: Checkpoint | null };

async function checkTree(marks: AsyncGenerator<Checkpoint>, note: Note): Promise<CheckedTree> {
  const size = await logSize(pool());
  const tree = new GrowingTree();
  let mark = await marks.next();
  let passed: Checkpoint | null = null;
  for (let from = 0; from < size; from += ENTRIES_AT_ONCE) {
    const entries = await readLogEntries(pool(), from, Math.min(ENTRIES_AT_ONCE, size - from));
    for (const [offset, entry] of entries.entries()) {
      const flaw = leafFlaw(tree, from + offset, entry);
      if (flaw !== null) return { flaw };
      noteEvent(entry, { passed, covering: mark.done ? null : mark.value }, note);
      for (; !mark.done && mark.value.size === tree.size; mark = await marks.next()) {
        if (!tree.root().equals(mark.value.root)) return { flaw: await rootFlaw(mark.value, passed) };
        passed = mark.value;
      }
    }
    if (entries.length < Math.min(ENTRIES_AT_ONCE, size - from))
      return { flaw: missingEntry(from + entries.length) };
  }
  // What remains is larger than the log was when we began; it may have grown since.
  for (; !mark.done; mark = await marks.next()) {
    const flaw = await checkpointFlaw(mark.value, passed);
    if (flaw !== null) return { flaw };
    passed = mark.value;
  }
  return { newest: passed };
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

function leafFlaw(tree: GrowingTree, index: number, entry: LogEntry): Flaw | null {
  if (entry.index !== index) return missingEntry(index);
  const { stream, seq, eventHash } = entry;
  const hash = hashOfLeaf({ stream, seq, hash: eventHash });
  const nodes = tree.append(hash);
  if (entry.hash.equals(hash) && entry.nodes.equals(nodes)) return null;
  return { stream, seq, message: `entry ${index + 1} of the log has been changed` };
}

function noteEvent(
  { index, stream, seq, eventHash, hashNow, at }: LogEntry,
  { passed, covering }: { readonly passed: Checkpoint | null; readonly covering: Checkpoint | null },
  note: Note,
): void {
  const flaw = (message: string) => ({ stream, seq, message });
  if (at === null) note("event", flaw(`the log names it as entry ${index + 1}, and it is gone`));
  else if (hashNow !== eventHash)
    note("event", flaw(`entry ${index + 1} of the log names another event here`));
  else if (covering !== null && at > laterBy(covering.at, CLOCKS_DIFFER_MINUTES * MINUTE))
    note("date", flaw(`it is dated ${at}, but the checkpoint of ${covering.at} covers it`));
  else if (passed !== null && at < laterBy(passed.at, -CLOCKS_DIFFER_MINUTES * MINUTE))
    note("date", flaw(`it is dated ${at}, but was not there when the checkpoint of ${passed.at} was signed`));
}

async function rootFlaw(checkpoint: Checkpoint, passed: Checkpoint | null): Promise<Flaw> {
  const first = passed?.size ?? 0;
  const entry = await readLogEntry(pool(), first);
  return {
    stream: entry?.stream ?? null,
    seq: entry?.seq ?? null,
    message: `the log's entries ${first + 1} to ${checkpoint.size} are not those that the checkpoint of ${checkpoint.at} signed`,
  };
}

function missingEntry(index: number): Flaw {
  return { stream: null, seq: null, message: `entry ${index + 1} of the log is missing` };
}

// Stored checkpoints and those from outside, by size.
async function* checkpointsInOrder(
  key: VerifierKey,
  outside: readonly Checkpoint[],
  note: Note,
): AsyncGenerator<Checkpoint> {
  let [after, next] = [0, 0];
  const waiting = outside.toSorted((a, b) => a.size - b.size);
  for (;;) {
    const stored = await checkpointsAbove(pool(), after, CHECKPOINTS_AT_ONCE);
    for (const { size, note: text } of stored) {
      for (let one = waiting[next]; one !== undefined && one.size < size; one = waiting[next]) {
        yield one;
        next += 1;
      }
      yield* opened(key, text, note);
      after = size;
    }
    if (stored.length < CHECKPOINTS_AT_ONCE) break;
  }
  yield* waiting.slice(next);
}

/** The checkpoint in a note; none, and noted so, where it is not signed. */
function opened(key: VerifierKey, text: string, note: Note): readonly Checkpoint[] {
  const checkpoint = openCheckpoint(text, key);
  if (checkpoint !== null) return [checkpoint];
  const message = `the checkpoint over ${Number(text.split("\n")[1])} events is not signed by this installation's key`;
  note("signature", { stream: null, seq: null, message });
  return [];
}
