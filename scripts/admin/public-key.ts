import { signingKey } from "#lib/signing-key.ts";

/** The verifier's half of the signing key, as `name+id+key`. */
export async function printPublicKey(): Promise<void> {
  process.stdout.write(`${signingKey().text}\n`);
}
