import { createHash } from "node:crypto";

/** What is kept of a token that its holder alone has: SHA-256, in hex. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
