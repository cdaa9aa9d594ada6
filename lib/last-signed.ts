import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import type { LogLeaf } from "#lib/proof/log-leaf.ts";
import { besideKey } from "#lib/signing-key.ts";

/** The last checkpoint that this machine signed, and the leaves that were new under it. */
export type LastSigned = { readonly note: string; readonly leaves: readonly LogLeaf[] };

/** Writing takes milliseconds: a file that is older was left by a process that ended. */
const LEFT_BEHIND_MS = 10_000;

/**
 * As kept beside the key; null before the first. A database that does not continue it has been cut,
 * rewritten or restored from an older backup, or was never told of it: then the leaves tell what it lacks.
 */
export function lastSigned(): LastSigned | null {
  const text = readIfThere(lastSignedPath());
  if (text === null) return null;
  // The note has one empty line, and another after it.
  const end = text.indexOf("\n\n", text.indexOf("\n\n") + 2);
  const note = end === -1 ? text : text.slice(0, end + 1);
  const leaves = text
    .slice(note.length)
    .split("\n")
    .flatMap((line) => leafIn(line.split(" ")));
  return { note, leaves };
}

/**
 * Keeps what was signed, before anybody else hears of it. Throws when `before` is not what was kept last:
 * then another process has signed in the meantime, and this signature is nobody's.
 */
export function keepLastSigned({ note, leaves }: LastSigned, before: LastSigned | null): void {
  const path = lastSignedPath();
  const next = `${path}.next`;
  const file = openAlone(next);
  writeSync(
    file,
    [note, ...leaves.map(({ stream, seq, hash }) => `${stream} ${seq} ${hash}`), ""].join("\n"),
  );
  fsyncSync(file);
  closeSync(file);
  if (lastSigned()?.note === before?.note) return renameSync(next, path);
  rmSync(next);
  throw new Error("another process has signed in the meantime");
}

// Whoever makes the file is alone until it is renamed.
function openAlone(path: string): number {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
  if (age > LEFT_BEHIND_MS) rmSync(path, { force: true });
  return openSync(path, "wx", 0o600);
}

function leafIn([stream, seq, hash]: readonly string[]): readonly LogLeaf[] {
  return stream === undefined || hash === undefined ? [] : [{ stream, seq: Number(seq), hash }];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function lastSignedPath(): string {
  return besideKey("last-signed");
}
