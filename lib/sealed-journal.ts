import { appendFileSync, closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import type { Checkpoint } from "#lib/proof/checkpoint.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { lastSigned, sealedPath } from "#lib/signing-key.ts";

export type Leaf = { readonly stream: string; readonly seq: number };

/** How far each stream was sealed, and, some minutes apart, what the head of the log was. */
export type SealedJournal = {
  readonly sealed: ReadonlyMap<string, number>;
  readonly checkpoints: readonly Checkpoint[];
};

type Known = {
  readonly path: string;
  offset: number;
  readonly sealed: Map<string, number>;
  readonly checkpoints: Checkpoint[];
};

/** Between checkpoints that are kept: the file stays small, and dates are bounded all the same. */
const CHECKPOINTS_APART_MS = 10 * MINUTE;
const CHUNK_BYTES = 256 * 1024;

let known: Known | undefined;

/**
 * What this machine has sealed, from a file beside the signing key that nobody with the database alone can
 * reach. It counts as long as the last signed checkpoint lies beside it; null before the first seal.
 */
export function sealedJournal(): SealedJournal | null {
  const path = sealedPath();
  if (lastSigned() === null || !existsSync(path)) return null;
  if (known?.path !== path) known = { path, offset: 0, sealed: new Map(), checkpoints: [] };
  readOn(known);
  return known;
}

/** Notes what was sealed just now, after its commit; begins the file anew where `sealedJournal` had none. */
export function keepSealed(leaves: readonly Leaf[], { size, root, at }: Checkpoint): void {
  const before = sealedJournal();
  if (before === null) {
    known = undefined;
    rmSync(sealedPath(), { force: true });
  }
  const furthest = new Map<string, number>();
  for (const { stream, seq } of leaves) furthest.set(stream, Math.max(seq, furthest.get(stream) ?? 0));
  const lines = [...furthest].map(([stream, seq]) => `${stream} ${seq}\n`);
  const last = before?.checkpoints.at(-1);
  if (last === undefined || Date.parse(at) - Date.parse(last.at) >= CHECKPOINTS_APART_MS)
    lines.push(`checkpoint ${size} ${root.toString("base64")} ${at}\n`);
  appendFileSync(sealedPath(), lines.join(""), { mode: 0o600 });
}

// Other processes of this machine append too; a line that is still being written waits for its end.
function readOn(journal: Known): void {
  const file = openSync(journal.path, "r");
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, chunk, 0, CHUNK_BYTES, journal.offset);
      const end = chunk.subarray(0, read).lastIndexOf(0x0a) + 1;
      if (end === 0) return;
      journal.offset += end;
      for (const line of chunk.toString("utf8", 0, end).split("\n")) take(journal, line.split(" "));
    }
  } finally {
    closeSync(file);
  }
}

function take({ sealed, checkpoints }: Known, [first = "", second = "", root, at]: readonly string[]): void {
  if (first === "") return;
  if (root !== undefined && at !== undefined)
    checkpoints.push({ size: Number(second), root: Buffer.from(root, "base64"), at });
  else sealed.set(first, Math.max(Number(second), sealed.get(first) ?? 0));
}
