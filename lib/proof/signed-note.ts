import { sign } from "node:crypto";
import { ed25519Holds } from "./ed25519.ts";
import type { SigningKey, VerifierKey } from "./note-keys.ts";

// The C2SP signed note: a text, an empty line, and a line for each signature over the text.

/** Signs a text that ends with a newline and holds no empty line at its end. */
export function signNote(text: string, key: SigningKey): string {
  const signature = sign(null, Buffer.from(text, "utf8"), key.privateKey);
  return `${text}\n— ${key.name} ${Buffer.concat([key.id, signature]).toString("base64")}\n`;
}

/** The text of a note that the key has signed; null when it is no note or the key has not signed it. */
export function openNote(note: string, key: VerifierKey): string | null {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n") || !note.isWellFormed() || hasControls(note)) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  const signatures = lines.map(signatureIn);
  if (signatures.includes(null)) return null;
  const ours = signatures.filter((signature) => signature?.name === key.name && signature.id.equals(key.id));
  const bytes = Buffer.from(text, "utf8");
  const areValid = ours.every((ours) => ours !== null && ed25519Holds(key.publicKey, bytes, ours.signature));
  return ours.length > 0 && areValid ? text : null;
}

type Signature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };

function signatureIn(line: string): Signature | null {
  const [, name, material] = /^— ([\x21-\x2a\x2c-\x7e]{1,200}) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  if (name === undefined || material === undefined) return null;
  const bytes = Buffer.from(material, "base64");
  if (bytes.length < 5 || bytes.toString("base64") !== material) return null;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

// Newlines are the only control characters that a note may hold.
function hasControls(note: string): boolean {
  return /[\x00-\x09\x0b-\x1f\x7f]/.test(note);
}
