import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { challengeText, type PasskeyAssertion, type ProofPurpose } from "#lib/domain/proof.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";

/** A passkey that signs statements as an event keeps them. */
export type PaperPasskey = (person: string, nonce: string, purpose: ProofPurpose) => PasskeyAssertion;

/** One of each kind: ES256, EdDSA and RS256. */
export function paperPasskeys(): readonly PaperPasskey[] {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ed = generateKeyPairSync("ed25519");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const part = (key: KeyObject, name: "x" | "y" | "n" | "e") =>
    Uint8Array.from(Buffer.from(String(key.export({ format: "jwk" })[name]), "base64url"));
  const ecKey = cose([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, part(ec.publicKey, "x")],
    [-3, part(ec.publicKey, "y")],
  ]);
  const edKey = cose([
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, part(ed.publicKey, "x")],
  ]);
  const rsaKey = cose([
    [1, 3],
    [3, -257],
    [-1, part(rsa.publicKey, "n")],
    [-2, part(rsa.publicKey, "e")],
  ]);
  return [
    passkey(ecKey, (bytes) => sign("sha256", bytes, ec.privateKey)),
    passkey(edKey, (bytes) => sign(null, bytes, ed.privateKey)),
    passkey(rsaKey, (bytes) => sign("sha256", bytes, rsa.privateKey)),
  ];
}

function passkey(publicKey: Buffer, signBytes: (bytes: Buffer) => Buffer): PaperPasskey {
  return (person, nonce, purpose) => {
    const challenge = Buffer.from(sha256(canonicalText(challengeText(person, nonce, purpose))), "hex");
    const client = Buffer.from(
      JSON.stringify({
        type: "webauthn.get",
        challenge: challenge.toString("base64url"),
        origin: "https://é",
      }),
    );
    const data = Buffer.concat([createHash("sha256").update("é").digest(), Buffer.from([5, 0, 0, 0, 1])]);
    const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
    return {
      passkey: "a passkey",
      name: "Key",
      publicKey: publicKey.toString("base64url"),
      nonce,
      clientData: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: signBytes(signed).toString("base64url"),
    };
  };
}

/** A public key in COSE form, from its labels and values. */
export function cose(pairs: readonly (readonly [number, number | Uint8Array])[]): Buffer {
  return Buffer.from(isoCBOR.encode(new Map(pairs) as never));
}
