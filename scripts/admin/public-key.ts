import { fingerprintOf } from "#lib/proof/note-keys.ts";
import { signingKey } from "#lib/signing-key.ts";

/** The verifier's half of the signing key, as `name+id+key`; its fingerprint beside it, for people. */
export async function printPublicKey(): Promise<void> {
  const key = signingKey();
  process.stdout.write(`${key.text}\n`);
  process.stderr.write(`fingerprint ${fingerprintOf(key)}\n`);
}
