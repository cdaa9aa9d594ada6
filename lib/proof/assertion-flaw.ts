import { createHash, verify, type KeyObject } from "node:crypto";
import { challengeText, type ProofPurpose } from "#lib/domain/proof.ts";
import { textIn } from "./any-json.ts";
import { canonicalText, sha256 } from "./canonical-json.ts";
import { coseKey } from "./cose-key.ts";
import { ed25519Holds } from "./ed25519.ts";
import { isUnwieldy } from "./unwieldy-json.ts";
import { strictText } from "./strict-text.ts";

/** A passkey's answer as an event keeps it, and what the event says that it was given for. */
export type GivenAssertion = {
  readonly person: string;
  /** What may have been signed; an older record may have said less. */
  readonly purposes: readonly ProofPurpose[];
  readonly assertion: unknown;
};

const [USER_PRESENT, USER_VERIFIED] = [0x01, 0x04];

/** Why a passkey's answer does not show that its key signed the statement; null when it does. */
export function assertionFlaw({ person, purposes, assertion }: GivenAssertion): string | null {
  const [nonce, publicKey, clientData, authenticatorData, signature] = [
    "nonce",
    "publicKey",
    "clientData",
    "authenticatorData",
    "signature",
  ].map((name) => textIn(assertion, name));
  if (nonce === undefined || publicKey === undefined || clientData === undefined) return UNFINISHED;
  if (authenticatorData === undefined || signature === undefined) return UNFINISHED;
  const [key, client, data, signed] = [
    base64url(publicKey),
    base64url(clientData),
    base64url(authenticatorData),
    base64url(signature),
  ];
  if (key === null || client === null || data === null || signed === null) return UNFINISHED;
  const challenges = purposes.map((purpose) =>
    Buffer.from(sha256(canonicalText(challengeText(person, nonce, purpose))), "hex").toString("base64url"),
  );
  const told = parsed(client);
  if (textIn(told, "type") !== "webauthn.get" || !challenges.includes(textIn(told, "challenge") ?? ""))
    return "the passkey signed something else than this statement";
  const flags = data[32] ?? 0;
  if (data.length < 37 || (flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0)
    return "the passkey did not check who used it";
  const publicHalf = coseKey(key);
  if (publicHalf === null) return "the passkey's public key cannot be read";
  const bytes = Buffer.concat([data, createHash("sha256").update(client).digest()]);
  return holds(bytes, publicHalf, signed) ? null : "the passkey's signature does not hold";
}

const UNFINISHED = "the passkey's answer is incomplete";

function holds(bytes: Buffer, key: KeyObject, signature: Buffer): boolean {
  try {
    if (key.asymmetricKeyType === "ed25519") return ed25519Holds(key, bytes, signature);
    return verify("sha256", bytes, key, signature);
  } catch {
    return false;
  }
}

function base64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

function parsed(bytes: Buffer): unknown {
  try {
    const text = strictText(bytes);
    return text === null || isUnwieldy(text) ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
