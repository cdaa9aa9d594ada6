import { canonicalOrigin } from "#lib/env.ts";

/** Holds the first step of signing in until the second is done; it opens nothing else. */
export function pendingCookie() {
  const secure = canonicalOrigin().startsWith("https:");
  return {
    name: secure ? "__Host-countersign.pending" : "countersign.pending",
    options: { httpOnly: true, sameSite: "strict" as const, path: "/", secure, maxAge: 300 },
  };
}
