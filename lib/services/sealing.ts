import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "#lib/env.ts";

const VERSION = "v1";

/** Encrypts a secret for the database (AES-256-GCM). It opens for the same `context` alone. */
export function seal(secret: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor("seal"), nonce).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return [VERSION, ...[nonce, text, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** The secret again. Throws when it was changed, is another context's, or the key is another. */
export function unseal(sealed: string, context: string): string {
  const [version, ...parts] = sealed.split(".");
  const [nonce, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== VERSION || nonce === undefined || text === undefined || tag?.length !== 16) {
    throw new Error("not a sealed secret");
  }
  const decipher = createDecipheriv("aes-256-gcm", keyFor("seal"), nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}

/** A hash that nobody can search for without the installation's secret. */
export function keyedHash(purpose: string, text: string): string {
  return createHmac("sha256", keyFor(purpose)).update(text).digest("hex");
}

function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().COUNTERSIGN_SECRET, "", `countersign ${purpose}`, 32));
}
