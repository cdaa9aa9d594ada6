import { z } from "zod";
import { recordId } from "./text.ts";

/** Not trimmed, since a password may begin with a space. */
export const currentPassword = z.string().min(1, "Enter your password").max(1_000);

const oneTimeCode = z
  .string()
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "Enter the six digits that your app shows"));
const recoveryCode = z
  .string()
  .max(100)
  .transform((code) => code.toLowerCase().replace(/[^a-z0-9]/g, ""))
  .pipe(z.string().regex(/^[a-z2-7]{16}$/, "A recovery code has sixteen letters and digits"));

const bytes = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, "Not base64url");

/** A passkey's answer as the browser gives it. */
export const assertionInput = z.object({
  id: bytes(1_400),
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(4_000),
    userHandle: bytes(200).optional(),
  }),
});

const passkeyProof = z.strictObject({
  kind: z.literal("passkey"),
  challengeId: recordId,
  answer: assertionInput,
});

/** Who one is, proven anew: at signing, at step-up. */
export const proofInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("password"), password: currentPassword }),
  z.strictObject({ kind: z.literal("password+totp"), password: currentPassword, code: oneTimeCode }),
  z.strictObject({
    kind: z.literal("password+recovery-code"),
    password: currentPassword,
    code: recoveryCode,
  }),
  passkeyProof,
]);

/** The second step of signing in; the password went before. */
export const secondFactorInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("totp"), code: oneTimeCode }),
  z.strictObject({ kind: z.literal("recovery-code"), code: recoveryCode }),
  passkeyProof,
]);

/** A new passkey as the browser gives it. */
export const registrationInput = z.object({
  id: bytes(1_400),
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(16_000),
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});

export type ProofInput = z.infer<typeof proofInput>;
export type SecondFactorInput = z.infer<typeof secondFactorInput>;
export type AssertionInput = z.infer<typeof assertionInput>;
