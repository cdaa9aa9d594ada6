/** An origin under which passkeys work, and the name of the site that they belong to. */
export type PasskeySite = { readonly origin: string; readonly rpId: string };

/**
 * The site of an origin; null where browsers refuse passkeys: under a bare address such as
 * 127.0.0.1, and over plain http anywhere but localhost.
 */
export function passkeySite(origin: string): PasskeySite | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, hostname } = new URL(origin);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.includes(":");
  const isSecure = protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost");
  return isSecure && !isAddress ? { origin, rpId: hostname } : null;
}

/** The sites among all origins of an installation. */
export function passkeySites(origins: readonly string[]): readonly PasskeySite[] {
  return origins.flatMap((origin) => passkeySite(origin) ?? []);
}
