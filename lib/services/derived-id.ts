import { createHash } from "node:crypto";

/** The same id for the same name: a repeated request cannot make a thing twice. A UUID of version 8. */
export function derivedId(...name: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(name)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
