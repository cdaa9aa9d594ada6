import { appendFileSync, closeSync, existsSync, openSync, readSync, renameSync } from "node:fs";
import type { Checkpoint } from "#lib/proof/checkpoint.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { lastSigned } from "#lib/last-signed.ts";
import { besideKey } from "#lib/signing-key.ts";

/**
 * How far each stream was sealed by the log's first `size` leaves, and, some minutes apart, what the head
 * of the log was.
 */
export type SealedJournal = {
  readonly size: number;
  readonly sealed: ReadonlyMap<string, number>;
  readonly checkpoints: readonly Checkpoint[];
};

type Known = {
  readonly path: string;
  offset: number;
  size: number;
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
  const path = besideKey("sealed");
  if (lastSigned() === null || !existsSync(path)) return null;
  if (known?.path !== path) known = { path, offset: 0, size: 0, sealed: new Map(), checkpoints: [] };
  readOn(known);
  return known;
}

/** Puts the journal aside under another name: what it tells is not of this log any more. */
export function setSealedAside(): void {
  const path = besideKey("sealed");
  known = undefined;
  if (existsSync(path)) renameSync(path, `${path}.${Date.now()}`);
}

/** Notes how far streams are sealed by the log's head, which is larger than what the journal knew. */
export function keepSealed(furthest: ReadonlyMap<string, number>, { size, root, at }: Checkpoint): void {
  const last = sealedJournal()?.checkpoints.at(-1);
  const lines = [...furthest].map(([stream, seq]) => `${stream} ${seq}`);
  if (last === undefined || Date.parse(at) - Date.parse(last.at) >= CHECKPOINTS_APART_MS)
    lines.push(`checkpoint ${size} ${root.toString("base64")} ${at}`);
  // A process that was killed may have left half a line; the size comes last, when the rest is there.
  appendFileSync(besideKey("sealed"), `\n${lines.join("\n")}\nsize ${size}\n`, { mode: 0o600 });
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

function take(journal: Known, [first = "", second = "", root, at]: readonly string[]): void {
  const number = Number(second);
  // Half a line is of a process that was killed: its size is missing, and so the log is read again.
  if (first === "" || !Number.isSafeInteger(number)) return;
  if (root !== undefined && at !== undefined)
    journal.checkpoints.push({ size: number, root: Buffer.from(root, "base64"), at });
  else if (first === "size") journal.size = Math.max(number, journal.size);
  else journal.sealed.set(first, Math.max(number, journal.sealed.get(first) ?? 0));
}
