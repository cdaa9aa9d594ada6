import { createHash } from "node:crypto";

/** What is kept of a token that its holder alone has: SHA-256, in hex. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** What the history says of a token: enough to tell another one from it, and not what it is looked up by. */
export function secretDigest(token: string): string {
  return hashToken(hashToken(token));
}
