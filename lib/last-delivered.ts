import { closeSync, openSync, readSync, statSync } from "node:fs";
import { env } from "#lib/env.ts";
import { openCheckpoint, splitNotes } from "#lib/proof/checkpoint.ts";
import { signingKey } from "#lib/signing-key.ts";

/** A note is half a kilobyte; others may append to the file too. */
const TAIL_BYTES = 64 * 1024;

export type LastDelivered = { readonly note: string; readonly path: string };

/**
 * The largest checkpoint of this installation's key at the end of the file that checkpoints are delivered to;
 * null where there is none, or nothing that can be read. It lies where a machine that is put back to an
 * earlier moment, its database and its key alike, is not put back with it.
 */
export function lastDelivered(): LastDelivered | null {
  const path = env().COUNTERSIGN_CHECKPOINT_FILE;
  if (path === undefined) return null;
  const own = splitNotes(tailOf(path)).flatMap((note) => {
    const checkpoint = openCheckpoint(note, signingKey());
    return checkpoint === null ? [] : [{ note, path, size: checkpoint.size }];
  });
  return own.toSorted((a, b) => a.size - b.size).at(-1) ?? null;
}

function tailOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  // What is no file, such as a pipe, is read by somebody else.
  if (stat?.isFile() !== true) return "";
  const file = openSync(path, "r");
  try {
    const tail = Buffer.alloc(Math.min(TAIL_BYTES, stat.size));
    const read = readSync(file, tail, 0, tail.length, stat.size - tail.length);
    return tail.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}
