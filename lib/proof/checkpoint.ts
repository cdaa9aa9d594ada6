import { isInstant } from "./instant.ts";
import type { SigningKey, VerifierKey } from "./note-keys.ts";
import { openNote, signNote } from "./signed-note.ts";

/** The head of the log at one moment, as the C2SP tlog-checkpoint writes it. */
export type Checkpoint = {
  /** How many events the log held. */
  readonly size: number;
  readonly root: Buffer;
  /** When it was signed, by the installation's own clock. */
  readonly at: string;
};

/** Origin, size, root and, as the one extension line, the time; signed. The key's name is the origin. */
export function signCheckpoint({ size, root, at }: Checkpoint, key: SigningKey): string {
  return signNote(`${key.name}\n${size}\n${root.toString("base64")}\ntime ${at}\n`, key);
}

/** The checkpoint in a note; null unless this key has signed one of its own log. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint | null {
  const text = openNote(note, key);
  const [origin, size = "", root = "", time = "", ...rest] = text?.split("\n") ?? [];
  if (origin !== key.name || rest.length !== 1 || !SIZE.test(size)) return null;
  const at = time.startsWith(TIME) ? time.slice(TIME.length) : "";
  if (!isInstant(at)) return null;
  const hash = Buffer.from(root, "base64");
  if (hash.length !== 32 || hash.toString("base64") !== root) return null;
  return { size: Number(size), root: hash, at };
}

/** The notes in a file to which checkpoints were appended, oldest first, without what is no whole note. */
export function splitNotes(text: string): readonly string[] {
  return [...text.matchAll(/^(?:[^\n]+\n){1,20}\n(?:— [^\s]+ [^\s]+\n)+/gmu)].map(([note]) => note);
}

const SIZE = /^[1-9]\d{0,14}$/;
const TIME = "time ";
