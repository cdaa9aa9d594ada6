import { createPublicKey, type KeyObject } from "node:crypto";

// The three kinds of keys that passkeys have here, in COSE form (RFC 9053): ES256, EdDSA, RS256.

/** A passkey's public key; null for anything but these kinds, written as an authenticator writes them. */
export function coseKey(bytes: Buffer): KeyObject | null {
  const map = readMap(bytes);
  const jwk = map === null ? null : jwkOf(map);
  if (jwk === null) return null;
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}

type Value = number | Buffer;

function jwkOf(map: ReadonlyMap<number, Value>) {
  const part = (label: number) => {
    const value = map.get(label);
    return Buffer.isBuffer(value) ? value.toString("base64url") : "";
  };
  const kind = [map.get(1), map.get(3)].join(" ");
  const isPoint = [-2, -3].every((label) => part(label).length === 43);
  if (kind === "2 -7" && map.get(-1) === 1 && isPoint)
    return { kty: "EC", crv: "P-256", x: part(-2), y: part(-3) };
  if (kind === "1 -8" && map.get(-1) === 6) return { kty: "OKP", crv: "Ed25519", x: part(-2) };
  if (kind === "3 -257" && isRsa(map.get(-1), map.get(-2))) return { kty: "RSA", n: part(-1), e: part(-2) };
  return null;
}

// Programs differ on larger, smaller and even numbers, and on zeros before them: none of those count.
function isRsa(modulus: Value | undefined, exponent: Value | undefined): boolean {
  return isOddNumber(modulus, 256, 1_024) && isOddNumber(exponent, 1, 4) && !exponent.equals(Buffer.of(1));
}

function isOddNumber(value: Value | undefined, least: number, most: number): value is Buffer {
  if (!Buffer.isBuffer(value) || value.length < least || value.length > most) return false;
  const isWhole = value.length > least || least === 1 || (value[0] ?? 0) >= 0x80;
  return value[0] !== 0 && isWhole && (value.at(-1) ?? 0) % 2 === 1;
}

// A CBOR map of at most 23 pairs from small integers to integers or byte strings; null for any other.
function readMap(bytes: Buffer): ReadonlyMap<number, Value> | null {
  const map = new Map<number, Value>();
  const first = bytes[0] ?? 0;
  if (first < 0xa0 || first > 0xb7) return null;
  let at = 1;
  for (let left = first - 0xa0; left > 0; left -= 1) {
    const label = readItem(bytes, at);
    const value = label === null ? null : readItem(bytes, label.end);
    if (label === null || value === null || Buffer.isBuffer(label.value) || map.has(label.value)) return null;
    map.set(label.value, value.value);
    at = value.end;
  }
  return at === bytes.length ? map : null;
}

// How many bytes hold a number that does not fit beside its type.
const WIDTHS: Readonly<Record<number, number>> = { 24: 1, 25: 2 };

function readItem(bytes: Buffer, at: number): { readonly value: Value; readonly end: number } | null {
  const [type, short] = [(bytes[at] ?? 0xff) >> 5, (bytes[at] ?? 0xff) & 31];
  const width = short < 24 ? 0 : WIDTHS[short];
  if (width === undefined) return null;
  const start = at + 1 + width;
  if (start > bytes.length) return null;
  const number = width === 0 ? short : bytes.readUIntBE(at + 1, width);
  if (type === 0) return { value: number, end: start };
  if (type === 1) return { value: -1 - number, end: start };
  if (type !== 2 || start + number > bytes.length) return null;
  return { value: bytes.subarray(start, start + number), end: start + number };
}
