/** How somebody proves again who they are (rule 3). A passkey is two factors by itself. */
export const PROOFS = ["password", "password+totp", "password+recovery-code", "passkey"] as const;

export type Proof = (typeof PROOFS)[number];

/** In words, as a record and its readers say it. */
export const PROOF_TITLES: Readonly<Record<Proof, string>> = {
  password: "password",
  "password+totp": "password and one-time code",
  "password+recovery-code": "password and recovery code",
  passkey: "passkey",
};

/** What somebody signs: the act of a role on exactly the content that the digest names. */
export type Statement = {
  readonly deployment: string;
  /** The role that they act for. */
  readonly role: string;
  /** The delegation by which they act in somebody's place; absent when for themselves. */
  readonly delegation?: string | undefined;
  /** The person in whose place, by that delegation. */
  readonly for?: string | undefined;
  readonly decision: "approve" | "reject" | "break-glass";
  readonly digest: string;
};

/** What a proof is given for; a passkey's challenge is made from all of it, and fits nothing else. */
export type ProofPurpose =
  | ({ readonly kind: "sign" } & Statement)
  | { readonly kind: "sign-in"; readonly pending: string }
  | { readonly kind: "step-up"; readonly session: string }
  | { readonly kind: "enrol"; readonly session: string };

/**
 * What a passkey answered, as the event keeps it: whoever has the event can hold the signature
 * against the public key, and the challenge in it against the statement, person and nonce. All
 * bytes are base64url; the key is in COSE form.
 */
export type PasskeyAssertion = {
  readonly passkey: string;
  readonly name: string;
  readonly publicKey: string;
  readonly nonce: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
};

/** A proof that was given and held; with the passkey's answer where it was one. */
export type Proven = { readonly proof: Proof; readonly assertion?: PasskeyAssertion };

/** What a passkey signs: hashed, it is the challenge. The nonce is random and serves once. */
export function challengeText(person: string, nonce: string, purpose: ProofPurpose) {
  return { format: "countersign.challenge.v1", person, nonce, purpose };
}

export function isTwoFactors(proof: Proof): boolean {
  return proof !== "password";
}
