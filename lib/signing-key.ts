import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { env } from "#lib/env.ts";
import { parseSigningKey, signingKeyText, type SigningKey } from "#lib/proof/note-keys.ts";

let known: { readonly path: string; readonly key: SigningKey } | undefined;

/** The installation's signing key, from a file apart from the database; made once, when first asked for. */
export function signingKey(): SigningKey {
  const path = keyPath();
  if (known?.path !== path) known = { path, key: readOrMake(path) };
  return known.key;
}

/** The path of a file of the key's own folder, which nobody reaches with the database alone. */
export function besideKey(name: "last-signed" | "sealed"): string {
  return `${keyPath()}.${name}`;
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

function keyPath(): string {
  const path = env().COUNTERSIGN_SIGNING_KEY;
  if (path === undefined) throw new Error("COUNTERSIGN_SIGNING_KEY names no file");
  return path;
}
