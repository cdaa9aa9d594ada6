import { canonicalOrigin } from "#lib/env.ts";

/** Ties a form for signing in or out to the browser that asked for it. */
export function forgeryCookie() {
  return ownCookie("forgery");
}

/** next-auth's memory of where to go; it means nothing here, and comes back whatever it holds. */
export function returnCookie() {
  return ownCookie("return");
}

function ownCookie(name: string) {
  const secure = canonicalOrigin().startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}countersign.${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}
