/**
 * The caller's address, for counting attempts and for the security log. `scripts/runtime/caller-address.ts`
 * has put it there, and nothing that the caller wrote is left.
 */
export function clientAddress(headers: Headers): string {
  return headers.get("x-forwarded-for") || "unknown";
}
