/**
 * The caller's address for counting attempts. Behind a proxy that is the last entry it appended;
 * Next itself adds the peer's address when there is none.
 */
export function clientAddress(headers: Headers): string {
  const forwarded = headers.get("x-forwarded-for") ?? "";
  return forwarded.split(",").at(-1)?.trim() || "unknown";
}
