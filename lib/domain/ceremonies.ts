import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";

/** What the browser hands to a passkey, and the id under which its answer comes back. */
export type PasskeyRequest = {
  readonly challengeId: string;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
};

/** The same for a passkey that is to be made. */
export type NewPasskeyRequest = {
  readonly challengeId: string;
  readonly options: PublicKeyCredentialCreationOptionsJSON;
};

/** What an app scans or is told, to make one-time codes. Shown until the first code confirms it. */
export type NewTotp = { readonly secret: string; readonly qr: QrCode };

/** Rows of modules, true where dark; the margin that readers need is within. */
export type QrCode = readonly (readonly boolean[])[];

/** What the second step of signing in can be; a request where a passkey works under this address. */
export type SecondFactorChoices = {
  readonly passkey: PasskeyRequest | null;
  readonly totp: boolean;
  readonly recoveryCodes: boolean;
};
