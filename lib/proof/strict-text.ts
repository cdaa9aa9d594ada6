/** The text that these bytes are in UTF-8, a byte order mark kept as the character it is; null when they are none. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
