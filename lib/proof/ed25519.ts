import { verify, type KeyObject } from "node:crypto";

/**
 * Whether an Ed25519 signature holds, by RFC 8032's equation without the cofactor. Versions of OpenSSL
 * differ on keys and signatures with points in a second encoding or of small order; here those never hold.
 */
export function ed25519Holds(key: KeyObject, bytes: Buffer, signature: Buffer): boolean {
  const point = key.export({ format: "der", type: "spki" }).subarray(-32);
  return isPlain(point) && isPlain(signature.subarray(0, 32)) && verify(null, bytes, key, signature);
}

function isPlain(point: Buffer): boolean {
  const y = Buffer.concat([point.subarray(0, 31), Buffer.of((point[31] ?? 0) & 0x7f)]);
  return BigInt(`0x${Buffer.from(y.toReversed()).toString("hex")}`) < P && !SMALL.has(y.toString("hex"));
}

const P = 2n ** 255n - 19n;

// The y-coordinates, as a point's bytes have them, of the eight points whose order is 1, 2, 4 or 8.
const SMALL: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);
