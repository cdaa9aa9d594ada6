import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

// Keys of the C2SP signed note, Ed25519 only. A name is printable ASCII without space and plus sign,
// so that no two programs differ on what is white space in it.

export type VerifierKey = {
  readonly name: string;
  /** The first four bytes of SHA-256 over name, newline, algorithm and public key. */
  readonly id: Buffer;
  /** `name+id+key`: what the installation shows and a verifier is given. */
  readonly text: string;
  readonly publicKey: KeyObject;
};

export type SigningKey = VerifierKey & { readonly privateKey: KeyObject };

const ED25519 = 1;
const NAME = /^[\x21-\x2a\x2c-\x7e]{1,200}$/;
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Reads `name+id+key`; null when it is no such text, or its id is not that of its key. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (name === undefined || id === undefined || material === undefined) return null;
  const key = keyBytes(material);
  if (key === null || !NAME.test(name)) return null;
  const verifier = verifierKey(name, key);
  return verifier.text === text ? verifier : null;
}

/** SHA-256 over the text of a key, in hex: what two people compare. */
export function fingerprintOf({ text }: Pick<VerifierKey, "text">): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The text of a signing key made from 32 random bytes, as its file holds it. */
export function signingKeyText(name: string, seed: Buffer): string {
  const { id } = verifierKey(name, rawPublicKey(privateKeyOf(seed)));
  return `PRIVATE+KEY+${name}+${id.toString("hex")}+${withAlgorithm(seed).toString("base64")}`;
}

/** Reads the text of a signing key; null when it is none. */
export function parseSigningKey(text: string): SigningKey | null {
  const [, name, id, material] =
    /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (name === undefined || id === undefined || material === undefined) return null;
  const seed = keyBytes(material);
  if (seed === null || !NAME.test(name)) return null;
  const privateKey = privateKeyOf(seed);
  const key = verifierKey(name, rawPublicKey(privateKey));
  return key.id.toString("hex") === id ? { ...key, privateKey } : null;
}

function verifierKey(name: string, raw: Buffer): VerifierKey {
  const id = createHash("sha256").update(`${name}\n`).update(withAlgorithm(raw)).digest().subarray(0, 4);
  const text = `${name}+${id.toString("hex")}+${withAlgorithm(raw).toString("base64")}`;
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  return { name, id, text, publicKey };
}

function keyBytes(material: string): Buffer | null {
  const bytes = Buffer.from(material, "base64");
  const isWhole = bytes.length === 33 && bytes.toString("base64") === material && bytes[0] === ED25519;
  return isWhole ? bytes.subarray(1) : null;
}

function withAlgorithm(key: Buffer): Buffer {
  return Buffer.concat([Buffer.of(ED25519), key]);
}

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

function rawPublicKey(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(SPKI.length);
}
