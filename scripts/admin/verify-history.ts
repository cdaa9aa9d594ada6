import { readFileSync } from "node:fs";
import { splitNotes } from "#lib/proof/checkpoint.ts";
import { plainLine } from "#lib/proof/plain-line.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";

/**
 * Prints what was checked and every flaw; the exit code is 1 when there is one. With a file of
 * delivered checkpoints, the history must also continue each of them.
 */
export async function verify({ checkpoints }: { checkpoints?: string }): Promise<void> {
  const delivered = checkpoints === undefined ? [] : notesIn(checkpoints);
  const { streams, events, flaws, removed } = await verifyHistory({ checkpoints: delivered });
  for (const { stream, stone, at } of removed) {
    say(`${stream}: content removed on ${at.slice(0, 10)}, stone ${stone}, hashes intact`);
  }
  for (const { stream, seq, message } of flaws) {
    say(`${stream ?? "the log"}${seq === null ? "" : ` event ${seq}`}: ${message}`);
  }
  const state =
    flaws.length === 0 ? "whole" : `broken in ${flaws.length} ${flaws.length === 1 ? "place" : "places"}`;
  const against = delivered.length === 0 ? "" : `, against ${delivered.length} delivered checkpoints`;
  say(`${state}: ${events} events of ${streams} histories checked${against}`);
  process.exitCode = flaws.length === 0 ? 0 : 1;
}

// A flaw quotes what the database says, which somebody may have written there to be seen here.
function say(line: string): void {
  process.stdout.write(`${plainLine(line)}\n`);
}

function notesIn(path: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new PlainFailure(`${path} cannot be read.`);
  }
  const notes = splitNotes(text);
  if (notes.length === 0) throw new PlainFailure(`${path} holds no checkpoint.`);
  return notes;
}
