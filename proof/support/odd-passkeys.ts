import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { cose } from "./paper-passkeys.ts";

/** A passkey's answer with its members as texts. */
export type Answer = Readonly<Record<string, string>>;

/** A key in COSE form, and what it signs with. */
export type OddKey = { readonly publicKey: Buffer; readonly sign: (bytes: Buffer) => Buffer };

/** The same answer, given by another key; with other client data where that is given. */
export function answeredBy(
  answer: Answer,
  { publicKey, sign: signBytes }: OddKey,
  clientData?: Buffer,
): Answer {
  const client = clientData ?? Buffer.from(answer["clientData"] ?? "", "base64url");
  const data = Buffer.from(answer["authenticatorData"] ?? "", "base64url");
  const bytes = Buffer.concat([data, createHash("sha256").update(client).digest()]);
  return {
    ...answer,
    publicKey: publicKey.toString("base64url"),
    clientData: client.toString("base64url"),
    signature: signBytes(bytes).toString("base64url"),
  };
}

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const smallRsa = generateKeyPairSync("rsa", { modulusLength: 1024 });

/** A key with nothing odd about it. */
export const PLAIN: OddKey = {
  publicKey: edKey(part(ed.publicKey, "x")),
  sign: (bytes) => sign(null, bytes, ed.privateKey),
};

/** Keys and signatures that OpenSSL alone would take, or that programs read in different ways. */
export const REFUSED: Readonly<Record<string, OddKey>> = {
  "an Ed25519 key in no canonical encoding": {
    // p + 1, the same point as 1: the identity, under which an empty signature holds for everything.
    publicKey: edKey(Buffer.concat([Buffer.of(0xee), Buffer.alloc(30, 0xff), Buffer.of(0x7f)])),
    sign: () => identity(),
  },
  "an Ed25519 key with the sign of nothing": {
    publicKey: edKey(Buffer.concat([Buffer.of(1), Buffer.alloc(30), Buffer.of(0x80)])),
    sign: () => identity(),
  },
  "an Ed25519 key of small order": {
    publicKey: edKey(Buffer.concat([Buffer.of(1), Buffer.alloc(31)])),
    sign: () => identity(),
  },
  "an Ed25519 signature whose point has small order": {
    publicKey: edKey(part(ed.publicKey, "x")),
    sign: (bytes) => withoutNonce(bytes),
  },
  "an Ed25519 signature whose scalar is too large": {
    publicKey: edKey(part(ed.publicKey, "x")),
    sign: (bytes) => withOrder(sign(null, bytes, ed.privateKey)),
  },
  "an ECDSA signature with a long length": {
    publicKey: ecKey(),
    sign: (bytes) => {
      const der = sign("sha256", bytes, ec.privateKey);
      return Buffer.concat([Buffer.of(0x30, 0x81), der.subarray(1)]);
    },
  },
  "an ECDSA signature with something behind it": {
    publicKey: ecKey(),
    sign: (bytes) => Buffer.concat([sign("sha256", bytes, ec.privateKey), Buffer.of(0)]),
  },
  "an RSA key with a zero before it": {
    publicKey: rsaKey(rsa.publicKey, Buffer.of(0)),
    sign: (bytes) => sign("sha256", bytes, rsa.privateKey),
  },
  "an RSA key that is too short": {
    publicKey: rsaKey(smallRsa.publicKey),
    sign: (bytes) => sign("sha256", bytes, smallRsa.privateKey),
  },
};

/** Keys that look odd and are sound by the format's document. */
export const TAKEN: Readonly<Record<string, OddKey>> = {
  "a COSE key whose lengths are not the shortest": {
    // 1 and 3 as numbers of one byte each, the x-coordinate's length in two.
    publicKey: Buffer.concat([
      Buffer.from("a41801180103272006", "hex"),
      Buffer.from("21590020", "hex"),
      part(ed.publicKey, "x"),
    ]),
    sign: (bytes) => sign(null, bytes, ed.privateKey),
  },
};

function edKey(x: Buffer): Buffer {
  return cose([
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, Uint8Array.from(x)],
  ]);
}

function ecKey(): Buffer {
  return cose([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Uint8Array.from(part(ec.publicKey, "x"))],
    [-3, Uint8Array.from(part(ec.publicKey, "y"))],
  ]);
}

function rsaKey(key: KeyObject, before = Buffer.alloc(0)): Buffer {
  return cose([
    [1, 3],
    [3, -257],
    [-1, Uint8Array.from(Buffer.concat([before, part(key, "n")]))],
    [-2, Uint8Array.from(part(key, "e"))],
  ]);
}

function part(key: KeyObject, name: "x" | "y" | "n" | "e"): Buffer {
  return Buffer.from(String(key.export({ format: "jwk" })[name]), "base64url");
}

// The point of nothing and the scalar 0: it holds under a key that is that point.
function identity(): Buffer {
  return Buffer.concat([Buffer.of(1), Buffer.alloc(63)]);
}

// The group's order: added to a scalar it changes nothing for whoever does not look.
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function withOrder(signature: Buffer): Buffer {
  return Buffer.concat([signature.subarray(0, 32), bytesOf(numberOf(signature.subarray(32)) + ORDER)]);
}

// With the point of nothing instead of a nonce's: only whoever has the key can make one.
function withoutNonce(bytes: Buffer): Buffer {
  const first = Buffer.concat([Buffer.of(1), Buffer.alloc(31)]);
  const sha512 = (...parts: readonly Buffer[]) => createHash("sha512").update(Buffer.concat(parts)).digest();
  const seed = Buffer.from(String(ed.privateKey.export({ format: "jwk" })["d"]), "base64url");
  const secret = (BigInt.asUintN(254, numberOf(sha512(seed).subarray(0, 32))) & ~7n) | (1n << 254n);
  const challenge = numberOf(sha512(first, part(ed.publicKey, "x"), bytes)) % ORDER;
  return Buffer.concat([first, bytesOf((challenge * secret) % ORDER)]);
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString("hex")}`);
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(Buffer.from(number.toString(16).padStart(64, "0"), "hex").toReversed());
}
