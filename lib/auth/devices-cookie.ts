import { canonicalOrigin } from "#lib/env.ts";
import { DEVICE_DAYS } from "#lib/services/devices.ts";

/** By this a browser knows which accounts signed in on it before; it opens nothing. */
export function devicesCookie() {
  const secure = canonicalOrigin().startsWith("https:");
  return {
    name: secure ? "__Host-countersign.devices" : "countersign.devices",
    options: {
      httpOnly: true,
      sameSite: "strict" as const,
      path: "/",
      secure,
      maxAge: DEVICE_DAYS * 86_400,
    },
  };
}
