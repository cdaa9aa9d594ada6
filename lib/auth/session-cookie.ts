import { canonicalOrigin } from "#lib/env.ts";

/** Over TLS the name itself keeps the cookie to this host and to secure connections. */
export function sessionCookie() {
  const secure = canonicalOrigin().startsWith("https:");
  return {
    name: secure ? "__Host-countersign.session" : "countersign.session",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}
