import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { env } from "#lib/env.ts";
import { parseSigningKey, signingKeyText, type SigningKey } from "#lib/proof/note-keys.ts";

let known: { readonly path: string; readonly key: SigningKey } | undefined;

/** The installation's signing key, from a file apart from the database; made once, when first asked for. */
export function signingKey(): SigningKey {
  const path = keyPath();
  if (known?.path !== path) known = { path, key: readOrMake(path) };
  return known.key;
}

/**
 * The last checkpoint that this machine signed, as kept beside the key; null before the first. A
 * database that does not continue it has been cut, rewritten or restored from an older backup.
 */
export function lastSigned(): string | null {
  try {
    return readFileSync(lastSignedPath(), "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export function keepLastSigned(note: string): void {
  const path = lastSignedPath();
  const next = `${path}.${process.pid}`;
  const file = openSync(next, "w", 0o600);
  writeSync(file, note);
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
}

function readOrMake(path: string): SigningKey {
  const name = `countersign/${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(path, `${signingKeyText(name, randomBytes(32))}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const key = parseSigningKey(readFileSync(path, "utf8").trim());
  if (key === null) throw new Error(`${path} holds no signing key`);
  return key;
}

/** Where `lib/sealed-journal.ts` keeps what was sealed. */
export function sealedPath(): string {
  return `${keyPath()}.sealed`;
}

function lastSignedPath(): string {
  return `${keyPath()}.last-signed`;
}

function keyPath(): string {
  const path = env().COUNTERSIGN_SIGNING_KEY;
  if (path === undefined) throw new Error("COUNTERSIGN_SIGNING_KEY names no file");
  return path;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
