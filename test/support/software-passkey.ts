import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { NewPasskeyRequest, PasskeyRequest } from "#lib/domain/ceremonies.ts";

const [USER_PRESENT, USER_VERIFIED, HAS_KEY] = [0x01, 0x04, 0x40];

type Forgery = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly verified?: boolean;
};

/** An authenticator in memory that does as WebAuthn says, or, where told, as it forbids. */
export class SoftwarePasskey {
  readonly id = randomBytes(32).toString("base64url");
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  counter = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    this.#publicKey = publicKey;
  }

  /** In COSE form, as an event tells it. */
  get publicKey(): string {
    return this.#cose().toString("base64url");
  }

  /** As `navigator.credentials.create` would answer. */
  make({ options }: NewPasskeyRequest, forged: Forgery = {}) {
    const id = Buffer.from(this.id, "base64url");
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#cose()]);
    const authData = Buffer.concat([this.#head(options.rp.id ?? "", forged, HAS_KEY), attested]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", Uint8Array.from(authData)],
    ]);
    const clientDataJSON = clientData("webauthn.create", options.challenge, forged);
    const attestationObject = Buffer.from(isoCBOR.encode(attestation as never)).toString("base64url");
    return {
      id: this.id,
      response: { clientDataJSON: clientDataJSON.toString("base64url"), attestationObject, transports: [] },
    };
  }

  /** As `navigator.credentials.get` would answer. */
  answer({ options }: PasskeyRequest, forged: Forgery = {}) {
    this.counter += 1;
    const data = clientData("webauthn.get", options.challenge, forged);
    const authenticatorData = this.#head(options.rpId ?? "", { counter: this.counter, ...forged }, 0);
    const signed = Buffer.concat([authenticatorData, createHash("sha256").update(data).digest()]);
    const signature = createSign("sha256").update(signed).sign(this.#key);
    return {
      id: this.id,
      response: {
        clientDataJSON: data.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
  }

  #head(rpId: string, { rpId: forgedId, counter = 0, verified = true }: Forgery, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const hash = createHash("sha256")
      .update(forgedId ?? rpId)
      .digest();
    const shown = USER_PRESENT | (verified ? USER_VERIFIED : 0) | flags;
    return Buffer.concat([hash, Buffer.from([shown]), count]);
  }

  #cose(): Buffer {
    const { x = "", y = "" } = this.#publicKey.export({ format: "jwk" });
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    return Buffer.from(isoCBOR.encode(key as never));
  }
}

function clientData(type: string, challenge: string, forged: Forgery): Buffer {
  const { origin = "http://localhost:3000" } = forged;
  return Buffer.from(JSON.stringify({ type, challenge: forged.challenge ?? challenge, origin }));
}
